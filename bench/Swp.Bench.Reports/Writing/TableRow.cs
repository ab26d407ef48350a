namespace Swp.Bench.Reports.Writing;

/// <summary>A row of a table.</summary>
/// <param name="Label">Whose it is.</param>
/// <param name="Parameters">What it was run with.</param>
/// <param name="Cells">Its figures.</param>
internal sealed record TableRow(string Label, string Parameters, IReadOnlyList<Cell> Cells);
