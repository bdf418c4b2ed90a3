/** Makes the heads of score tables buttons that sort. Without it the page lacks nothing else. */
export const SCRIPT = `
for (const table of document.querySelectorAll('table.scores')) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const said = (row, column) => row.cells[column].dataset.value;
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      // Scores fall first, systems go back to their own order first.
      const sorted = head.getAttribute('aria-sort');
      const falling = sorted ? sorted !== 'descending' : column > 0;
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
      const order = (a, b) => {
        const [x, y] = [said(a, column), said(b, column)];
        if (x === '' || y === '') return (x === '') - (y === '');
        return (falling ? -1 : 1) * (x - y);
      };
      body.append(...[...body.rows].sort(order));
    });
  });
}
`;
