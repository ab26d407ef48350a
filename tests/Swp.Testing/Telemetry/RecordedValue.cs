namespace Swp.Testing.Telemetry;

/// <summary>One value of a histogram.</summary>
public sealed record RecordedValue(string Name, double Value, IReadOnlyDictionary<string, string?> Labels)
{
    public string? this[string label] => Labels.GetValueOrDefault(label);
}
