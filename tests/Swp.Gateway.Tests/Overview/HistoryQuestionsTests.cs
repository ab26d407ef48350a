using Swp.Clients;
using Swp.Gateway.Overview;
using Swp.Gateway.Tests.Kit;
using Swp.Overview;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Overview;

public sealed class HistoryQuestionsTests
{
    private static readonly ClientKey Client = new("caller", "9");
    private static readonly Member[] Owners = [new(Members.Owner1, "silo1", IsGateway: false, IsOwner: true)];

    [Fact]
    public async Task OwnerHangs_IsNotAskedWithoutEnd()
    {
        var owners = new TestOwners();
        var hangs = new TaskCompletionSource<ClientHistory>();
        var asked = 0;
        owners[Members.Owner1].History = (_, _) =>
        {
            asked++;
            return hangs.Task;
        };
        var questions = new HistoryQuestions(owners, new HostileTimeProvider());
        var waiting = Enumerable.Range(0, HistoryQuestions.MaxUnderWay).Select(_ => questions.AskAsync(Owners, Client, 1)).ToArray();

        Assert.Null(Assert.Single(await questions.AskAsync(Owners, Client, 1)).Value);
        Assert.Equal(HistoryQuestions.MaxUnderWay, asked);

        hangs.SetResult(new ClientHistory([], DateTimeOffset.UnixEpoch));
        Assert.All(await Task.WhenAll(waiting), answers => Assert.NotNull(Assert.Single(answers).Value));
        Assert.NotNull(Assert.Single(await questions.AskAsync(Owners, Client, 1)).Value);
    }
}
