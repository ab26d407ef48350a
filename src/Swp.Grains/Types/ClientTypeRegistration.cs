namespace Swp.Grains.Types;

/// <summary>A client type as the silo's program registered it.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="DisplayName">The name shown to people, unless configuration says another.</param>
/// <param name="Service">The class of its service.</param>
internal sealed record ClientTypeRegistration(string Name, string DisplayName, Type Service);
