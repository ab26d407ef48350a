using System.Text.Json;
using Swp.Cli.Devices;
using Swp.Devices;

namespace Swp.Cli.Tests.Devices;

public sealed class AnswerRuleTests
{
    private static readonly Frame Question = new() { Data = JsonElement.Parse("""{"a":1}""") };

    [Theory]
    [InlineData("echo", """{"a":1}""")]
    [InlineData("fixed:[true]", "[true]")]
    [InlineData("fixed:\"text\"", "text")]
    public void Answer_Rule_IsFollowed(string text, string answer)
    {
        Assert.True(AnswerRule.TryParse(text, out var rule));
        Assert.Equal(answer, rule.Answer(Question).Data.ToString());
    }

    [Fact]
    public void Answer_None_IsNoAnswer()
    {
        Assert.True(AnswerRule.TryParse("none", out var rule));
        Assert.Same(Reply.None, rule.Answer(Question));
    }

    [Theory]
    [InlineData("fixed:")]
    [InlineData("fixed:{")]
    [InlineData("loud")]
    [InlineData(null)]
    public void TryParse_AnythingElse_IsNot(string? text) => Assert.False(AnswerRule.TryParse(text, out _));

    [Fact]
    public async Task TryAnswer_SeveralWait_TheOldestGetsIt()
    {
        var questions = new OpenQuestions();
        using var gone = new CancellationTokenSource();
        var lost = questions.WaitAsync(gone.Token);
        var first = questions.WaitAsync(TestContext.Current.CancellationToken);
        var second = questions.WaitAsync(TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);

        Assert.True(questions.TryAnswer(JsonElement.Parse("1")));
        Assert.True(questions.TryAnswer(JsonElement.Parse("2")));
        Assert.False(questions.TryAnswer(JsonElement.Parse("3")));
        Assert.Equal(("1", "2"), ((await first).GetRawText(), (await second).GetRawText()));
    }
}
