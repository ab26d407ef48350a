using System.Net;
using System.Net.Sockets;

namespace Swp.Testing.Networks;

/// <summary>Where members run and how they are reached.</summary>
public interface IMemberNetwork : IAsyncDisposable
{
    /// <summary>Where members reach what runs beside the tests: Redis.</summary>
    IPAddress HostAddress { get; }

    /// <summary>What a member advertises, and where other members and clients reach it.</summary>
    IPAddress AddressOf(string member);

    /// <summary>What stands before a member's command line to start it in its place.</summary>
    IReadOnlyList<string> CommandPrefixOf(string member);

    /// <summary>A TCP connection made from inside a member's place: its loopback addresses are the member's own.</summary>
    Task<Socket> ConnectAsync(string member, IPEndPoint endpoint, CancellationToken cancellationToken);
}
