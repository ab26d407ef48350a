using System.Net;
using Swp.Clients;
using Swp.Gateway.Audit;
using Swp.Gateway.Keys;
using Swp.Gateway.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Audit;

public sealed class AuditTests : IAsyncLifetime
{
    private static readonly string Admin = KeygenCommand.NewKey();
    private static readonly string Read = KeygenCommand.NewKey();

    private TestOperations _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestOperations.StartAsync(
        [.. TestOperations.Key("operator", Admin, "admin"), .. TestOperations.Key("monitor", Read, "read")]);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Acts_AreOneLineEach_WithoutTheirPayloadAndKey()
    {
        _gateway.Api.Key = Admin;
        await _gateway.Api.BanAsync("caller", "a/b", """{"reason":"noise"}""");
        await _gateway.Api.UnbanAsync("caller", "a/b");
        _gateway.Clients.Result = new CallResult { Outcome = CallOutcome.NotConnected };
        await _gateway.Api.DisconnectAsync("caller", "9");
        await _gateway.Api.BanAsync("caller", "a/b", "[");

        await Eventually.True(() => _gateway.Audit.Length == 4);
        Assert.Equal(
            [
                "Information: ban caller/a/b by operator from 127.0.0.1: HTTP 204",
                "Information: unban caller/a/b by operator from 127.0.0.1: HTTP 204",
                "Information: disconnect caller/9 by operator from 127.0.0.1: HTTP 404",
                "Information: ban caller/a/b by operator from 127.0.0.1: HTTP 400",
            ],
            _gateway.Audit);
    }

    [Fact]
    public async Task ABroadcast_IsALineThatNamesItsType_WithoutItsPayload()
    {
        _gateway.Api.Key = Admin;
        await _gateway.Api.BroadcastAsync("caller", "\"secret\"");
        await Eventually.True(() => _gateway.Audit.Length == 1);
        Assert.Equal("Information: broadcast caller by operator from 127.0.0.1: HTTP 200", _gateway.Audit[0]);
    }

    [Fact]
    public async Task AnActThatFails_IsALineToo()
    {
        _gateway.Api.Key = Admin;
        _gateway.Clients.Ban = () => throw new InvalidOperationException("broken");
        await _gateway.Api.BanAsync("caller", "1");
        await Eventually.True(() => _gateway.Audit.Length == 1);
        Assert.Equal("Information: ban caller/1 by operator from 127.0.0.1: not known", _gateway.Audit[0]);
    }

    [Fact]
    public async Task WhatChangesNothing_IsNoLine()
    {
        _gateway.Api.Key = Admin;
        await _gateway.Api.CallAsync("caller", "1");
        await _gateway.Api.StatusAsync("caller", "1");
        await _gateway.Api.BanAsync("caller", "1");
        await Eventually.True(() => _gateway.Audit.Length > 0);
        Assert.StartsWith("Information: ban ", Assert.Single(_gateway.Audit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutKeys_WhoActsIsAnonymous()
    {
        await using var open = await TestOperations.StartAsync();
        await open.Api.BanAsync("caller", "1");
        await Eventually.True(() => open.Audit.Length == 1);
        Assert.Equal("Information: ban caller/1 by anonymous from 127.0.0.1: HTTP 204", open.Audit[0]);
    }

    [Fact]
    public async Task RefusedEntries_AreOneLineOfEachKind_AndTheRestIsCounted()
    {
        for (var i = 0; i < 30; i++)
        {
            _gateway.Api.Key = null;
            Assert.Equal(HttpStatusCode.Unauthorized, (await _gateway.Api.StatusAsync("caller", $"{i}")).Status);
            _gateway.Api.Key = KeygenCommand.NewKey();
            Assert.Equal(HttpStatusCode.Unauthorized, (await _gateway.Api.CallAsync("caller", $"{i}")).Status);
            _gateway.Api.Key = Read;
            Assert.Equal(HttpStatusCode.Forbidden, (await _gateway.Api.UnbanAsync("caller", $"{i}")).Status);
        }

        Assert.Equal(
            [
                "Information: refused GET /api/v1/clients/caller/0 by anonymous from 127.0.0.1: no key",
                "Information: refused POST /api/v1/clients/caller/0/requests by anonymous from 127.0.0.1: unknown key",
                "Information: refused DELETE /api/v1/clients/caller/0/ban by monitor from 127.0.0.1: scope missing",
            ],
            _gateway.Audit);

        await Eventually.True(() =>
        {
            _gateway.Time.Advance(AuditSummary.Period);
            return _gateway.Audit.Length == 6;
        });
        Assert.Equal(
            [
                "Information: refused 29 more from 127.0.0.1: no key",
                "Information: refused 29 more from 127.0.0.1: scope missing",
                "Information: refused 29 more from 127.0.0.1: unknown key",
            ],
            _gateway.Audit[3..].Order());
        Assert.DoesNotContain(_gateway.Audit, line => line.Contains("swp_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NamesThatWouldForgeALine_AreEscaped()
    {
        _gateway.Api.Key = null;
        await _gateway.Api.GetAsync("/api/v1/clients/caller/x%0d%0aInformation:%20ban%20caller%2F1%20by%20operator%1b%5b2J%E2%80%AE");
        Assert.Equal(
            "Information: refused GET /api/v1/clients/caller/x\\r\\nInformation: ban caller%2F1 by operator\\u001b[2J\\u202e by anonymous from 127.0.0.1: no key",
            Assert.Single(_gateway.Audit));
    }
}
