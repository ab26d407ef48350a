using System.Diagnostics;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Processes;

namespace Swp.EndToEnd.Tests.Split;

[Collection(SplitCollection.Name)]
public sealed class FightTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Two_devices_that_fight_over_one_id_are_slowed_down_and_nobody_else_is()
    {
        var id = NewId();
        var bystanders = await OpenManyAsync(1, Gateway1);
        var (bystander, client) = bystanders.Single();

        var fight = Task.WhenAll(FightAsync(Gateway1, id), FightAsync(Gateway2, id));
        var (calls, slowest) = (0, TimeSpan.Zero);
        while (!fight.IsCompleted)
        {
            var started = Stopwatch.GetTimestamp();
            await AllAnswerAsync(Gateway2.Operations, bystanders.Keys);
            slowest = Stopwatch.GetElapsedTime(started) is var took && took > slowest ? took : slowest;
            calls++;
        }

        var devices = await fight;
        var (opened, tried) = (devices.Sum(device => device.Opened), devices.Sum(device => device.Tried));
        TestContext.Current.TestOutputHelper?.WriteLine($"{opened} of {tried} OPENs got through; {calls} calls to a bystander, the slowest {slowest.TotalMilliseconds:0} ms.");

        // The first, three free ones, then one after 1, 2, 4 and 8 s at the earliest.
        Assert.InRange(opened, 4, 8);

        // Each refusal takes half a second at least.
        Assert.InRange(tried, opened + 1, opened + (2 * 2 * (int)Length.TotalSeconds));
        Assert.True(client.IsConnected);
        Assert.True(slowest < TimeSpan.FromSeconds(2), $"{bystander} waited {slowest.TotalMilliseconds:0} ms.");
    }

    /// <summary>Connects again at once, whatever it is told.</summary>
    private static async Task<(int Opened, int Tried)> FightAsync(SwpProcess gateway, string id)
    {
        var (opened, tried) = (0, 0);
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < Length)
        {
            await using var client = await gateway.ConnectAsync("caller");
            await client.SendTextAsync(TestClient.Frame("0001", $$"""{"clientId":"{{id}}"}"""));
            tried++;
            if ((await client.ReceiveFrameAsync()).Code == "0")
            {
                opened++;

                // Until it is taken over, or the fight is over.
                await Task.WhenAny(client.Closed, Task.Delay(Length - elapsed, TestContext.Current.CancellationToken));
            }
            else
            {
                // Of two OPENs at once the older one hears that it is superseded.
                Assert.Contains((await client.WaitForCloseAsync()).Code, (int[])[4005, 4502]);
            }
        }

        return (opened, tried);
    }
}
