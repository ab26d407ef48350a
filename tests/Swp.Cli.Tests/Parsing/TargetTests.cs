using Swp.Cli.Parsing;

namespace Swp.Cli.Tests.Parsing;

public sealed class TargetTests
{
    [Theory]
    [InlineData("caller/999", "caller", "999", "api/v1/clients/caller/999")]
    [InlineData("caller", "caller", null, "api/v1/types/caller")]
    [InlineData("his/a/b c", "his", "a/b c", "api/v1/clients/his/a%2Fb%20c")]
    [InlineData("caller/张三", "caller", "张三", "api/v1/clients/caller/%E5%BC%A0%E4%B8%89")]
    public void TryParse_Client_IsRead(string text, string type, string? id, string path)
    {
        Assert.True(Target.TryParse(text, out var target));
        Assert.Equal((type, id, path), (target.Type, target.Id, target.Path));
    }

    [Theory]
    [InlineData("caller/")]
    [InlineData("/999")]
    [InlineData("")]
    [InlineData("Caller/9")]
    [InlineData("../types/9")]
    [InlineData("caller\n/9")]
    public void TryParse_AnythingElse_IsNot(string text) => Assert.False(Target.TryParse(text, out _));
}
