using System.Buffers.Text;
using System.Text;
using Swp.Gateway.Fleet;
using Swp.Relay;

namespace Swp.Gateway.Tests.Fleet;

public sealed class ListCursorTests
{
    [Fact]
    public void ToString_AnyCursor_ReadsBack()
    {
        ListCursor[] cursors =
        [
            new(null, "127.0.0.1:11111@1", new ConnectionPosition("caller", 7)),
            new("caller", "[::1]:11111@1", new ConnectionPosition("caller", long.MaxValue)),
            new("a_b-c", "127.0.0.1:11111@1", null),
        ];
        Assert.All(cursors, cursor =>
        {
            var text = cursor.ToString();
            Assert.True(ListCursor.TryParse(text, out var read));
            Assert.Equal(cursor, read);
            Assert.Equal(text, Uri.EscapeDataString(text));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1|caller|g|caller")]
    [InlineData("1|caller|g|caller|7|8")]
    [InlineData("2|caller|g|caller|7")]
    [InlineData("1|caller||caller|7")]
    [InlineData("1|caller|g|caller|-7")]
    [InlineData("1|caller|g|caller|x")]
    [InlineData("1|caller|g|caller|99999999999999999999")]
    public void TryParse_AnotherText_IsNone(string text) => Assert.False(ListCursor.TryParse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text)), out _));

    [Theory]
    [InlineData("!")]
    [InlineData("a")]
    [InlineData("叫号")]
    [InlineData("//8")]
    [InlineData("__8")]
    public void TryParse_NoCursorAtAll_IsNone(string text) => Assert.False(ListCursor.TryParse(text, out _));

    [Fact]
    public void TryParse_Endless_IsNone() => Assert.False(ListCursor.TryParse(new string('A', 1_000_000), out _));
}
