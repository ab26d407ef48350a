using Microsoft.Extensions.DependencyInjection;
using Swp.Cluster.Tests.Kit;
using Swp.Clients;
using Swp.Gateway.Overview;
using Swp.Gateway.Refusals;
using Swp.Overview;
using Swp.Protocol;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Overview;

public sealed class ClientHistoryTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    [Fact]
    public async Task History_WhatHasHappenedToAClient_IsToldByItsOwnerAtAnyGateway()
    {
        const string Id = "watched";
        var target = cluster.Clients.Get(TestService.Type, Id);
        var first = await cluster.OpenAsync(cluster.Gateway1, Id);
        var call = target.RequestAsync(1);
        await first.AnswerAsync(await first.ReceiveRequestAsync());
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
        await cluster.OpenAsync(cluster.Gateway2, Id);
        await first.ClosedAsync((int)CloseCode.Superseded);
        await target.DisconnectAsync().DefaultTimeout();
        await target.BanAsync().DefaultTimeout();
        Assert.Equal(CallOutcome.Banned, (await target.SendAsync(1).DefaultTimeout()).Outcome);
        await new TestConnection(cluster.Gateway1.ServiceProvider).AskToOpenAsync(Id);
        await target.UnbanAsync().DefaultTimeout();

        var history = await ReadAsync(Id);

        Assert.Equal(
            [
                ClientEventKind.Connected, ClientEventKind.Request, ClientEventKind.Superseded, ClientEventKind.Connected, ClientEventKind.Closed, ClientEventKind.Disconnected,
                ClientEventKind.Banned, ClientEventKind.Message, ClientEventKind.Refused, ClientEventKind.Unbanned,
            ],
            history.OrderBy(happened => happened.At).Select(happened => happened.Kind));
        Assert.Equal(CloseCode.DisconnectedByServer, Assert.Single(history, happened => happened.Kind == ClientEventKind.Closed).CloseCode);
        Assert.Equal(CloseCode.Banned, Assert.Single(history, happened => happened.Kind == ClientEventKind.Refused).CloseCode);
        Assert.Equal(CallOutcome.Banned, Assert.Single(history, happened => happened.Kind == ClientEventKind.Message).Outcome);
        Assert.Contains(cluster.Gateway1.ServiceProvider.GetRequiredService<RefusalBook>().Read(), line => line is { Kind: RefusalKind.Open, Reason: "banned", Type: TestService.Type, Address: "192.0.2.1" });
        Assert.Empty(await ReadAsync("nobody"));
    }

    [Fact]
    public async Task Overview_CountsOfAllMembers_AreTheSameAtAnyGateway()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "counted");
        var call = cluster.Clients.Get(TestService.Type, "counted").RequestAsync(1);
        await client.AnswerAsync(await client.ReceiveRequestAsync());
        await call.DefaultTimeout();
        foreach (var gateway in new[] { cluster.Gateway1, cluster.Gateway2 })
        {
            var overview = await gateway.ServiceProvider.GetRequiredService<ClusterOverview>().GetAsync().DefaultTimeout();
            Assert.Equal(0, overview.Silent);
            Assert.Equal((2, 3), (overview.Nodes.Count(node => node.Connected is not null), overview.Nodes.Count(node => node.Clients is not null)));
            Assert.Equal(overview.Connected, overview.Nodes.Sum(node => node.Clients));
            Assert.InRange(overview.Nodes.Sum(node => node.Calls.GetValueOrDefault("completed")), 1, int.MaxValue);
            Assert.InRange(Assert.Single(overview.Types, type => type.Name == TestService.Type).Connected, 1, int.MaxValue);
        }
    }

    private async Task<ClientEvent[]> ReadAsync(string id)
    {
        var answers = await cluster.Gateway2.ServiceProvider.GetRequiredService<ClusterMembers>().AskHistoryAsync(new ClientKey(TestService.Type, id), 100).DefaultTimeout();
        Assert.DoesNotContain(answers, answer => answer.Value is null);
        return [.. answers.SelectMany(answer => answer.Value!.Events)];
    }
}
