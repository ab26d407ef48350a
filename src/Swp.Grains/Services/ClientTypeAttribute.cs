namespace Swp.Grains.Services;

/// <summary>Names the client type that a <see cref="ClientService"/> serves.</summary>
/// <param name="name">The type's name on the wire: <c>[a-z0-9][a-z0-9_-]{0,31}</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ClientTypeAttribute(string name) : Attribute
{
    /// <summary>The type's name on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>The name shown to people; the wire name when left out.</summary>
    public string? DisplayName { get; init; }
}
