namespace Swp.Grains.Services;

/// <summary>A client type with no business of its own: everyone may connect, queries come back as they were. Register with a name.</summary>
public sealed class EchoService : ClientService;
