using Microsoft.Playwright;
using Swp.Testing.Processes;

namespace Swp.Browser.Tests.Kit;

/// <summary>Pictures for the documents: written to <c>SWP_PICTURES</c> when it names a directory (<c>eng/pictures.sh</c>), and otherwise beside the test results.</summary>
internal static class Picture
{
    /// <summary>The most that one may have: they are part of the repository.</summary>
    public const int MaxBytes = 150 * 1024;

    private static readonly string Directory =
        Environment.GetEnvironmentVariable("SWP_PICTURES") ?? Path.Combine(BuiltProgram.Root, "artifacts", "test-results", "pictures");

    /// <summary>Takes one of what is seen of a page.</summary>
    public static async Task TakeAsync(IPage page, string name)
    {
        System.IO.Directory.CreateDirectory(Directory);
        var png = await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Directory, name + ".png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        Assert.InRange(png.Length, 1, MaxBytes);
    }
}
