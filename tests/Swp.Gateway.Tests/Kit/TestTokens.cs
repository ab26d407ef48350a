using Microsoft.Extensions.Logging.Abstractions;
using Swp.Clients;
using Swp.Gateway.Tokens;
using Swp.Testing.Logging;
using Swp.Testing.Tasks;
using Swp.Testing.Time;
using Swp.Testing.Tokens;

namespace Swp.Gateway.Tests.Kit;

/// <summary>What checks tokens, with keys that the test changes and its clock.</summary>
internal sealed class TestTokens : IAsyncDisposable
{
    private TestTokens(HostileTimeProvider time, TokenOptions options, IEnumerable<IKeySource> sources)
    {
        Time = time;
        Keys = new TokenKeys(sources, options, time, NullLogger<TokenKeys>.Instance);
        Verifier = new TokenVerifier(Keys, options, time, Log);
    }

    public HostileTimeProvider Time { get; }

    public TestKeySource Source { get; private init; } = null!;

    public TokenKeys Keys { get; }

    public TokenVerifier Verifier { get; }

    public RecordingLogger<TokenVerifier> Log { get; } = new();

    public static async Task<TestTokens> StartAsync(HostileTimeProvider time, TokenOptions? options, params TokenSigner[] signers)
    {
        var source = new TestKeySource();
        source.Set(signers);
        var tokens = new TestTokens(time, options ?? new TokenOptions(), [source]) { Source = source };
        await tokens.Keys.StartAsync(CancellationToken.None);
        await Eventually.True(() => tokens.Keys.Current.Count > 0);
        return tokens;
    }

    /// <summary>Nobody has given it keys.</summary>
    public static TestTokens WithoutKeys(HostileTimeProvider time) => new(time, new TokenOptions(), []);

    /// <summary>Checks a token; time goes on while the keys are read once more.</summary>
    public async Task<TokenVerdict> CheckAsync(string? token, string id = "999", string type = "caller")
    {
        var checking = Verifier.CheckAsync(token, new ClientKey(type, id)).AsTask();
        await Eventually.True(() =>
        {
            if (!checking.IsCompleted)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
            }

            return checking.IsCompleted;
        });
        return await checking;
    }

    public async ValueTask DisposeAsync() => await Keys.StopAsync(CancellationToken.None);
}
