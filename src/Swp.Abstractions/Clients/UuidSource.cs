using System.Security.Cryptography;

namespace Swp.Clients;

/// <summary>
/// Correlation ids that no other process and no later life of this one makes again: 64 random bits a process and a 32-bit counter. 24 characters.
/// </summary>
internal sealed class UuidSource
{
    private readonly string _prefix = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private long _count = RandomNumberGenerator.GetInt32(int.MaxValue);

    public string Next() => string.Create(24, (_prefix, Count: Interlocked.Increment(ref _count)), static (span, state) =>
    {
        state._prefix.CopyTo(span);
        (state.Count & 0xFFFFFFFF).TryFormat(span[16..], out _, "x8");
    });
}
