using System.Text;
using Swp.Clients;
using Swp.Gateway.Tests.Kit;

namespace Swp.Gateway.Tests.Api;

public sealed class AdministrationEndpointsTests : IAsyncDisposable
{
    private const string Client = "/api/v1/clients/{type}/{id}";

    private static readonly ClientKey Key = new("caller", "a/b");

    private readonly TestApi _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"until":null,"reason":null}""")]
    public async Task Ban_WithoutWords_IsForEver(string body)
    {
        Assert.Equal((204, ""), await BanAsync(body));
        Assert.Equal((Key, null, null), Assert.Single(_api.Clients.Bans));
    }

    [Fact]
    public async Task Ban_WithEverything_IsPassedOn()
    {
        Assert.Equal((204, ""), await BanAsync("""{"until":"2030-01-02T03:04:05+08:00","reason":"噪音"}"""));
        Assert.Equal((Key, new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(8)), "噪音"), Assert.Single(_api.Clients.Bans));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"until":"tomorrow"}""", "$.until")]
    [InlineData("""{"until":7}""", "$.until")]
    [InlineData("""{"reason":7}""", "$.reason")]
    [InlineData("""{"untill":"2030-01-02T03:04:05Z"}""", "$.untill")]
    public async Task Ban_NotUnderstood_IsABadRequestThatNamesThePlace(string body, string place = "")
    {
        var (status, text) = await BanAsync(body);
        Assert.Equal(400, status);
        Assert.Contains("\"type\":\"urn:swp:bad-request\"", text, StringComparison.Ordinal);
        Assert.Contains(place, text, StringComparison.Ordinal);
        Assert.Empty(_api.Clients.Bans);
    }

    [Fact]
    public async Task Ban_OutOfRange_IsABadRequest()
    {
        _api.Clients.Ban = () => throw new ArgumentOutOfRangeException("until");
        var (status, text) = await BanAsync("{}");
        Assert.Equal(400, status);
        Assert.Contains("until is in the future; reason has at most 200 characters", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unban_IsPassedOn()
    {
        Assert.Equal((204, ""), await SendAsync("DELETE", "ban"));
        Assert.Equal(Key, Assert.Single(_api.Clients.Unbans));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Bans_NotWrittenYet_Are202(string method)
    {
        _api.Clients.Ban = () => BanOutcome.InForce;
        Assert.Equal((202, ""), await SendAsync(method, "ban"));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Bans_WithoutACluster_Are503AndOfAnUnknownType404(string method)
    {
        _api.Clients.Ban = () => throw new SwpUnavailableException("nobody there");
        var (status, text) = await SendAsync(method, "ban");
        Assert.Equal(503, status);
        Assert.Contains("\"outcome\":\"cluster_unavailable\",\"retryable\":true", text, StringComparison.Ordinal);

        _api.Clients.Ban = () => BanOutcome.UnknownType;
        (status, text) = await SendAsync(method, "ban");
        Assert.Equal(404, status);
        Assert.Contains("\"outcome\":\"unknown_type\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CallOutcome.Completed, 204, "")]
    [InlineData(CallOutcome.NotConnected, 404, "\"outcome\":\"not_connected\",\"retryable\":true")]
    [InlineData(CallOutcome.UnknownClient, 404, "\"outcome\":\"unknown_client\"")]
    [InlineData(CallOutcome.UnknownType, 404, "\"outcome\":\"unknown_type\"")]
    public async Task Disconnect_SaysWhetherThereWasAConnection(CallOutcome outcome, int expected, string words)
    {
        _api.Clients.Result = new CallResult { Outcome = outcome };
        var (status, text) = await SendAsync("DELETE", "connection");
        Assert.Equal(expected, status);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Equal(("disconnect", Key), (_api.Clients.Calls[0].Kind, _api.Clients.Calls[0].Key));
    }

    [Fact]
    public async Task Status_BannedBeforeItEverConnected_IsShown()
    {
        _api.Clients.Status = key => new ClientStatus { Key = key, TypeIsKnown = true, Banned = true, BannedUntil = DateTimeOffset.UnixEpoch, BanReason = "noise" };
        var (status, _, text) = await _api.SendAsync("GET", "/api/v1/clients/caller/a%2Fb", Client);
        Assert.Equal(200, status);
        Assert.Contains("\"connected\":false", text, StringComparison.Ordinal);
        Assert.Contains("""
            "banned":true,"bannedUntil":"1970-01-01T00:00:00+00:00","banReason":"noise",
            """.Trim(), text, StringComparison.Ordinal);
    }

    private Task<(int Status, string Body)> BanAsync(string body) => SendAsync("PUT", "ban", body);

    private async Task<(int Status, string Body)> SendAsync(string method, string what, string body = "")
    {
        var (status, _, text) = await _api.SendAsync(method, $"/api/v1/clients/caller/a%2Fb/{what}", $"{Client}/{what}", Encoding.UTF8.GetBytes(body));
        return (status, text);
    }
}
