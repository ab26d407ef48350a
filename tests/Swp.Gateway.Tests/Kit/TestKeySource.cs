using Swp.Gateway.Tokens;
using Swp.Testing.Tokens;

namespace Swp.Gateway.Tests.Kit;

/// <summary>Keys that the test changes.</summary>
internal sealed class TestKeySource : IKeySource
{
    private int _reads;

    public string Setting => "Swp:Tokens:Test";

    /// <summary>What is read; <see langword="null"/>: it cannot be.</summary>
    public VerificationKey[]? Keys { get; set; } = [];

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>These keys and no others.</summary>
    public void Set(params IEnumerable<TokenSigner> signers) => Keys = KeyReader.ReadJwks(TokenSigner.Jwks(signers), published: false);

    /// <summary>What a reader has to wait for.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    public async ValueTask<VerificationKey[]> ReadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        await Ready.WaitAsync(cancellationToken);
        return Keys ?? throw new KeyException("the test says no.");
    }
}
