import { passwordProblem } from '../../src/domain';

it.each([
  ['tooshort', /at least 12/],
  ['elf 字 zwölf', /at least 12/],
  ['x'.repeat(257), /at most 256/],
  ['ann.doe goes to town', /name/],
  ['I am ANN.DOE of London', /name/],
  ['123456789012', /tried first/],
  ['password1234', /tried first/],
  ['P@ssw0rd!2026', /tried first/],
  ['qwertyuiop123', /tried first/],
  ['!!welcome!!2026!!', /tried first/],
  ['abababababab', /tried first/],
  ['ｐａｓｓｗｏｒｄ１２３４', /tried first/],
  ['correct horse battery', undefined],
  ['长长的密码也可以用呀好不好呢', undefined],
  ['password of the green door', undefined],
])('%s', (password, problem) => {
  const found = passwordProblem(password, 'ann.doe');
  if (problem) expect(found).toMatch(problem);
  else expect(found).toBeUndefined();
});
