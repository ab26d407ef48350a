using CsCheck;
using Swp.Clients;
using Swp.Gateway.Relay;
using Swp.Gateway.Roll;
using Swp.Gateway.Tests.Kit;

namespace Swp.Gateway.Tests.Roll;

public sealed class TypeRollTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public void AnyLife_IsAsAListThatKeepsItsOrder()
    {
        var peer = _gateway.Connect();

        // 0: one enters; 1: one leaves; 2: a page is read.
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1000]).Array[0, 400].Sample(
            steps =>
            {
                var roll = new TypeRoll();
                var model = new List<ClientRelay>();
                foreach (var (step, number) in steps)
                {
                    switch (step)
                    {
                        case 0:
                            model.Add(NewRelay(peer, $"{model.Count}"));
                            roll.Enter(model[^1]);
                            break;
                        case 1 when model.Count > 0:
                            roll.Leave(model[number % model.Count]);
                            model.RemoveAt(number % model.Count);
                            break;
                        case 2 when model.Count > 0:
                            var after = number % model.Count;
                            Assert.Equal(model.Skip(after + 1).Take(3), Read(roll, model[after].RollNumber, 3, out var hasMore));
                            Assert.Equal(model.Count - after - 1 > 3, hasMore);
                            break;
                    }
                }

                Assert.Equal(model, Read(roll, 0, int.MaxValue, out _));
                Assert.Equal(model.Count, roll.Count);
            },
            iter: 200);
    }

    [Fact]
    public void Read_OneByOneWhileOthersComeAndGo_ListsThoseWhoStayExactlyOnce()
    {
        var peer = _gateway.Connect();
        var roll = new TypeRoll();
        var staying = Enumerable.Range(0, 200).Select(number => NewRelay(peer, $"stays{number}")).ToArray();
        var leaving = new Queue<ClientRelay>();
        foreach (var relay in staying)
        {
            roll.Enter(relay);
            leaving.Enqueue(NewRelay(peer, "leaves"));
            roll.Enter(leaving.Last());
        }

        var seen = new List<ClientRelay>();
        var after = 0L;
        for (var hasMore = true; hasMore;)
        {
            hasMore = roll.Read(ref after, upTo: roll.Last, 1, seen);

            // The gaps are closed more than once on the way.
            for (var number = 0; number < 2; number++)
            {
                if (leaving.TryDequeue(out var gone))
                {
                    roll.Leave(gone);
                }
            }

            if (seen.Count < 150)
            {
                leaving.Enqueue(NewRelay(peer, "comes"));
                roll.Enter(leaving.Last());
            }
        }

        Assert.Equal(staying, seen.Where(relay => relay.Key.Id.StartsWith("stays", StringComparison.Ordinal)));
    }

    [Fact]
    public void Leave_BeforeEntering_NeverEnters()
    {
        var relay = NewRelay(_gateway.Connect(), "hasty");
        var roll = new TypeRoll();
        roll.Leave(relay);
        roll.Enter(relay);
        roll.Leave(relay);
        Assert.Empty(Read(roll, 0, 10, out _));
        Assert.Equal(0, roll.Count);
    }

    private ClientRelay NewRelay(TestPeer peer, string id) => new(peer.Connection, new ClientKey("caller", id), null, heartbeatReply: false, _gateway.Services.Relay);

    private static List<ClientRelay> Read(TypeRoll roll, long after, int limit, out bool hasMore)
    {
        var relays = new List<ClientRelay>();
        hasMore = roll.Read(ref after, long.MaxValue, limit, relays);
        return relays;
    }
}
