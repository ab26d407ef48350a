using System.Text.Json.Nodes;
using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Conversations;

/// <summary>Plays the same steps to the model and to the cluster, and holds what the connections see against what they must.</summary>
internal sealed class Conversation(ConversationCluster cluster, ClientTypeDescription type) : IAsyncDisposable
{
    /// <summary>How long nothing comes, by the system's clock, before time goes on by a moment.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly ConversationModel _model = new();
    private readonly ConversationPeer?[] _peers = new ConversationPeer?[ConversationModel.Slots];
    private readonly string[] _ids = [.. Enumerable.Range(0, ConversationModel.Clients).Select(_ => Guid.NewGuid().ToString("N"))];
    private int _lastUuid;

    /// <summary>The codes that connections ended with.</summary>
    public HashSet<string> Ends { get; } = [];

    public async Task PlayAsync(Step step)
    {
        if (step.Kind == StepKind.Open && !_model.IsConnected(step.Slot))
        {
            await PlayAsync(step with { Kind = StepKind.Connect });
        }

        var outcome = _model.OutcomeOf(step);
        var (wasConnected, wasOpen) = (_model.IsConnected(step.Slot), _model.IsOpen(step.Slot));
        var speakers = Speakers();
        var speaker = _model.SpeakerOf(step.Client);
        var expected = _model.Play(step);
        switch (step.Kind)
        {
            case StepKind.Connect when !wasConnected:
                _peers[step.Slot] = new ConversationPeer(type, cluster.Connections);
                break;
            case StepKind.Wait:
                await PassAsync(ConversationModel.LengthOf(step));
                break;
            case StepKind.Ask:
                await AskAsync(step, speaker, outcome);
                break;
            case not StepKind.Connect when wasConnected:
                await SayAsync(step, _peers[step.Slot]!);
                break;
        }

        if (step.Kind == StepKind.Open && expected.Any(one => one.Error == "rate_limited"))
        {
            await PassAsync(ConversationModel.RefusalDelay);
        }

        foreach (var one in step.Kind == StepKind.Ask ? expected.Where(one => one.SessionType is null) : expected)
        {
            await SeeAsync(one);
        }

        if (step.Kind is StepKind.Heart or StepKind.UnaskedAnswer && wasOpen && _model.IsOpen(step.Slot))
        {
            // Its owner handles them in order: what it says to this comes after what it said to that.
            await SayAsync(step with { Kind = StepKind.Query }, _peers[step.Slot]!);
            await SeeAsync(Expected.Frame(step.Slot, "0003"));
        }

        await OwnersKnowAsync(speakers);
    }

    /// <summary>Nothing has come that was not expected.</summary>
    public void AssertNothingElse() => Assert.All(_peers, peer => Assert.False(peer?.HasFrame == true, "A frame came that was not expected."));

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            if (peer is not null)
            {
                await peer.DisposeAsync();
            }
        }
    }

    private bool[] Speakers() => [.. Enumerable.Range(0, ConversationModel.Clients).Select(client => _model.SpeakerOf(client) is not null)];

    private Task SayAsync(Step step, ConversationPeer peer) => step.Kind switch
    {
        StepKind.Open => peer.SendAsync(Frame("0001", step.Variant % 2 == 0 ? $$"""{"clientId":"{{_ids[step.Client]}}"}""" : $$"""
            "{\"clientId\":\"{{_ids[step.Client]}}\"}"
            """)),
        StepKind.OpenForNobody => peer.SendAsync(Frame("0001", step.Variant % 2 == 0 ? "{}" : "7")),
        StepKind.Heart => peer.SendAsync(Frame("0000")),
        StepKind.Query => peer.SendAsync(Frame("0003", "[1, 2]")),
        StepKind.UnaskedAnswer => peer.SendAsync(Frame("0002")),
        StepKind.UnknownType => peer.SendAsync(Frame("0009")),
        StepKind.Garbage => peer.SendAsync(Garbage.All[step.Variant].Bytes, Garbage.All[step.Variant].Type),
        _ => peer.LeaveAsync(),
    };

    private string Frame(string sessionType, string data = "1") => $$"""{"sessionType":"{{sessionType}}","uuid":"{{++_lastUuid}}","data":{{data}}}""";

    // The model's time stands still while frames are under way.
    private async Task PassAsync(TimeSpan time)
    {
        for (var slot = 0; slot < _peers.Length; slot++)
        {
            if (_peers[slot] is { } peer)
            {
                await peer.SettledAsync();
            }
        }

        cluster.Advance(time);
    }

    private async Task AskAsync(Step step, int? speaker, CallOutcome outcome)
    {
        var call = cluster.Clients.Get(TestService.Type, _ids[step.Client]).RequestAsync(JsonPayload.From(step.Variant));
        if (speaker is { } slot)
        {
            var peer = _peers[slot]!;
            var request = await NextAsync(peer);
            Assert.Equal("0002", (string?)request?["sessionType"]);
            if (ConversationModel.Leaves(step))
            {
                await peer.LeaveAsync();
            }
            else
            {
                for (var times = 0; times <= step.Variant % 2; times++)
                {
                    await peer.SendAsync($$"""{"sessionType":"0002","uuid":"{{request!["uuid"]}}","data":{{times}}}""");
                }
            }
        }

        var result = await call.DefaultTimeout();
        Assert.Equal((outcome, outcome == CallOutcome.Completed ? "0" : ""), (result.Outcome, result.Data.ToString()));
    }

    // An owner that could not be reached, as when the cluster has only just started, is tried again after a moment of the very clock that stands still here.
    private async Task<JsonNode?> NextAsync(ConversationPeer peer)
    {
        var next = peer.NextAsync();
        while (await Task.WhenAny(next, Task.Delay(Patience)) != next)
        {
            _model.Drift(Moment);
            cluster.Time.Advance(Moment);
        }

        return await next;
    }

    private async Task SeeAsync(Expected expected)
    {
        var peer = _peers[expected.Slot]!;
        var frame = await NextAsync(peer);
        if (expected.SessionType is not null)
        {
            Assert.Equal((expected.SessionType, expected.Code, expected.Error), ((string?)frame?["sessionType"], (string?)frame?["code"], (string?)frame?["error"]?["code"]));
            return;
        }

        Assert.True(frame is null, $"Expected the end with {expected.Code}, and there came {frame}.");
        Assert.Equal(expected.Code, $"{await peer.ClosedAsync()}");
        Ends.Add(expected.Code);
        await peer.DisposeAsync();
        _peers[expected.Slot] = null;
    }

    // That a connection has ended its owner hears a moment later.
    private async Task OwnersKnowAsync(bool[] before)
    {
        var now = Speakers();
        for (var client = 0; client < now.Length; client++)
        {
            if (before[client] && !now[client])
            {
                var left = cluster.Clients.Get(TestService.Type, _ids[client]);
                await Eventually.True(async () => !(await left.GetStatusAsync()).Connected);
            }
        }
    }
}
