/** What a text must look like. The pattern also goes to the JSON schema, `expected` to the operator. */
export interface Form {
  /** Undefined where any text will do. */
  readonly pattern?: RegExp;
  readonly expected: string;
}

const mailbox = String.raw`[\w.!#$%&'*+/=?^\x60{|}~-]{1,64}@(?:[A-Za-z\d](?:[A-Za-z\d-]{0,61}[A-Za-z\d])?\.)+[A-Za-z][A-Za-z\d-]{0,61}[A-Za-z\d]`;
const tagLetters = String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]`;
const notReserved = '(?![aA][wW][sS]:)';

export const accountNumber: Form = { pattern: /^\d{12}$/, expected: '12 digits as text, in quotes' };

export const unitIdentifier: Form = {
  pattern: /^ou-[A-Za-z\d-]+$/,
  expected: 'ou- and then letters, digits and hyphens',
};

/**
 * Begins the names of functions (64 characters at most, 30 of them for the longest of ours), of the stack (a letter first,
 * no underscore) and of parameters (no `aws` or `ssm` at the beginning).
 */
export const environmentIdentifier: Form = {
  pattern: /^(?![aA][wW][sS]|[sS]{2}[mM])[A-Za-z][A-Za-z\d-]{0,33}$/,
  expected: 'a letter and then letters, digits or hyphens, 34 at most in all, not beginning with aws or ssm',
};

export const region: Form = {
  pattern:
    /^(?:af|ap|ca|cn|eu|eusc-de|eu-isoe|il|me|mx|sa|us|us-gov|us-iso[bf]?)-(?:central|(?:north|south)?(?:east|west)|north|south)-\d{1,2}$/,
  expected: 'a region of AWS, such as eu-west-1',
};

export const roleArn: Form = {
  pattern: /^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/(?:[\x21-\x7E]{1,510}\/)?[\w+=,.@-]{1,64}$/,
  expected: 'the ARN of a role, such as arn:aws:iam::222222222222:role/SpaAccountsManagementRole',
};

export const roleName: Form = {
  pattern: /^[\w+=,.@-]{1,64}$/,
  expected: 'the name of a role, without path or ARN: 64 letters, digits or _+=,.@- at most',
};

export const responsePlanArn: Form = {
  pattern: /^arn:aws(?:-[a-z]+)*:ssm-incidents:[a-z\d-]*:\d{12}:response-plan\/[\w-]+$/,
  expected:
    'the ARN of a response plan, such as arn:aws:ssm-incidents::123456789012:response-plan/SpaResponsePlan',
};

export const emailAddress: Form = {
  pattern: new RegExp(`^${mailbox}$`),
  expected: 'an e-mail address, such as alice@example.com',
};

export const sender: Form = {
  pattern: new RegExp(String.raw`^(?:${mailbox}|(?:"[^"<>\r\n]*" *|[^"<>@\r\n]+)<${mailbox}>)$`),
  expected: `an e-mail address, such as spa@example.com or '"no reply" <spa@example.com>'`,
};

/** The limits of AWS for keys and values of tags, everywhere. */
export const tagKey: Form = {
  pattern: new RegExp(`^${notReserved}${tagLetters}{1,128}$`, 'u'),
  expected: 'the key of a tag: 1 to 128 letters, digits, spaces or _.:/=+-@, not beginning with aws:',
};

export const tagValue: Form = {
  pattern: new RegExp(`^${tagLetters}{0,256}$`, 'u'),
  expected: 'the value of a tag: 256 letters, digits, spaces or _.:/=+-@ at most',
};

/** Leaves room for the longest key that begins with it, `{prefix}holder`. */
export const tagPrefix: Form = {
  pattern: new RegExp(`^${notReserved}${tagLetters}{0,122}$`, 'u'),
  expected: 'the beginning of keys of tags: 122 letters, digits or _.:/=+-@ at most, not beginning with aws:',
};

/** What CodeBuild and shells take as the name of a variable. */
export const variableName: Form = {
  pattern: /^[A-Za-z_]\w*$/,
  expected: 'the name of a variable: letters, digits and _, not beginning with a digit',
};

export const currency: Form = { pattern: /^[A-Za-z]{3}$/, expected: 'the code of a currency, such as EUR' };

export const datastore: Form = {
  pattern: /^[\w.-]{1,200}$/,
  expected: 'the end of a table name: letters, digits or _.-',
};

export const documentLabel: Form = {
  pattern: /^[\w.-]{1,100}$/,
  expected: 'a label of letters, digits or _.-, since it ends the name of a parameter',
};

export const reportPrefix: Form = {
  pattern: /^[^\p{Cc}]{1,500}$/u,
  expected: 'the beginning of keys in a bucket, such as SpaReports/Costs',
};

export const anyText: Form = { expected: 'text' };

export const filePath: Form = { expected: 'the path of a file' };

export function hasForm(form: Form, text: string): boolean {
  return form.pattern === undefined || form.pattern.test(text);
}
