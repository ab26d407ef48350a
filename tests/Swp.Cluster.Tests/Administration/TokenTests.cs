using Orleans.Runtime;
using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Administration;

/// <summary>An owner lets nobody in whom no gateway has checked, as one that is older than the setting does not.</summary>
public sealed class TokenTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public async Task Attach_TheGatewayHasNotCheckedItsToken_IsRefused(string? subject)
    {
        var result = await AttachAsync("unchecked", subject);
        Assert.Equal((AttachStatus.Refused, CloseCode.Unauthorized, ErrorCodes.Unauthorized), (result.Status, result.CloseCode, result.Error!.Code));
        Assert.False(TestService.Opened.ContainsKey($"{TestService.GuardedType}/unchecked"));
    }

    [Fact]
    public async Task Attach_TheGatewayHasChecked_ItsServiceKnowsWhatTheTokenSays()
    {
        Assert.Equal(AttachStatus.Attached, (await AttachAsync("checked", "checked")).Status);
        var verified = TestService.Opened[$"{TestService.GuardedType}/checked"].Verified!;
        Assert.Equal(("checked", DateTimeOffset.UnixEpoch, """{"sub":"checked"}"""), (verified.Subject, verified.Expires, verified.Claims.ToString()));
    }

    private Task<AttachResult> AttachAsync(string id, string? subject) => cluster.Cluster.Client
        .GetGrain<IClientAttachment>(new ClientKey(TestService.GuardedType, id).ToGrainId())
        .AttachAsync(
            new AttachRequest
            {
                Gateway = cluster.Gateway1.SiloAddress,
                GatewayName = "gateway",
                ConnectionId = 1_000_000,
                Data = JsonPayload.Parse("{}"),
                Token = "it says so itself",
                Verified = subject is null ? null : new TokenFacts { Subject = subject, Expires = DateTimeOffset.UnixEpoch, Claims = JsonPayload.Parse($$"""{"sub":"{{subject}}"}""") },
            },
            CancellationToken.None)
        .DefaultTimeout();
}
