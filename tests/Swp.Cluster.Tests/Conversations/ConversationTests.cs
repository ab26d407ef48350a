using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Swp.Cluster.Tests.Kit;
using Swp.Gateway.Types;

namespace Swp.Cluster.Tests.Conversations;

/// <summary>Whatever three connections of two clients do, and whenever: each sees what the protocol says, in order, and nothing else.</summary>
public sealed class ConversationTests(ConversationCluster cluster) : IClassFixture<ConversationCluster>
{
    private const int Conversations = 500;
    private const int LongestConversation = 40;

    private static readonly Gen<StepKind> Kinds = Gen.Frequency(
        (1, Gen.Const(StepKind.Connect)),
        (10, Gen.Const(StepKind.Open)),
        (1, Gen.Const(StepKind.OpenForNobody)),
        (3, Gen.Const(StepKind.Heart)),
        (3, Gen.Const(StepKind.Query)),
        (2, Gen.Const(StepKind.UnaskedAnswer)),
        (1, Gen.Const(StepKind.UnknownType)),
        (1, Gen.Const(StepKind.Garbage)),
        (1, Gen.Const(StepKind.Leave)),
        (4, Gen.Const(StepKind.Ask)),
        (3, Gen.Const(StepKind.Wait)));

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Kinds,
        Gen.Int[0, ConversationModel.Slots - 1],
        Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[0, ConversationModel.Clients - 1])),
        Gen.Int[0, Garbage.All.Count - 1],
        (kind, slot, client, variant) => new Step(kind, slot, client, variant)).Array[1, LongestConversation];

    /// <summary>Conversations in which these never happen would show nothing of them.</summary>
    private static readonly string[] Due = ["1000", "4005", "4008", "4502", "4507", "4508"];

    private readonly HashSet<string> _ends = [];

    [Fact]
    public async Task Any_conversation_goes_as_the_protocol_says()
    {
        await Steps.SampleAsync(PlayAsync, iter: Conversations, threads: 1, print: steps => string.Join("\n", steps));

        Assert.All(Due, end => Assert.Contains(end, _ends));
    }

    private async Task PlayAsync(Step[] steps)
    {
        var type = cluster.Gateway1.ServiceProvider.GetRequiredService<ClientTypeDirectory>().Find(TestService.Type)!;
        await using var conversation = new Conversation(cluster, type);
        foreach (var step in steps)
        {
            await conversation.PlayAsync(step);
        }

        conversation.AssertNothingElse();
        _ends.UnionWith(conversation.Ends);
    }
}
