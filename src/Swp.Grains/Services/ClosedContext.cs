using Swp.Clients;
using Swp.Protocol;

namespace Swp.Grains.Services;

/// <summary>A connection that has ended.</summary>
/// <param name="Client">Whose it was.</param>
/// <param name="Code">The code it ended with; <see cref="CloseCode.Normal"/> when the client left by itself or its gateway died.</param>
/// <param name="ConnectedFor">How long it lasted.</param>
public sealed record ClosedContext(ClientKey Client, CloseCode Code, TimeSpan ConnectedFor);
