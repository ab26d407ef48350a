using Swp.Devices;

namespace Swp.Clinic.Tests.Samples;

public sealed class ServerUrlTests
{
    [Theory]
    [InlineData("ws://localhost:8081/wss/caller", true)]
    [InlineData("WSS://example.org/wss/his", true)]
    [InlineData("http://localhost:8081/wss/caller", false)]
    [InlineData("localhost:8081/wss/caller", false)]
    [InlineData("/wss/caller", false)]
    [InlineData("", false)]
    public void TryParse_Text_TakesWebSocketUrlsOnly(string text, bool accepted) => Assert.Equal(accepted, ServerUrl.TryParse(text, out _));
}
