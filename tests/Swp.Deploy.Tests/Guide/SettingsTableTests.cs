using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Swp.Cluster.Startup;

namespace Swp.Deploy.Tests.Guide;

/// <summary>The guide has every setting there is, with the unit, range and default that the code has.</summary>
public sealed partial class SettingsTableTests
{
    private const string Write = "SWP_WRITE_DOCS";

    [Fact]
    public void The_tables_are_those_of_the_code()
    {
        var begin = OperationsGuide.Text.IndexOf(SettingsTable.Begin, StringComparison.Ordinal);
        var end = OperationsGuide.Text.IndexOf(SettingsTable.End, StringComparison.Ordinal);
        Assert.True(begin >= 0 && end > begin, $"{OperationsGuide.File} has no '{SettingsTable.Begin}' … '{SettingsTable.End}'.");
        begin += SettingsTable.Begin.Length + 1;
        if (OperationsGuide.Text[begin..end] != SettingsTable.Text)
        {
            Assert.True(
                Environment.GetEnvironmentVariable(Write) == "1",
                $"The settings in {OperationsGuide.File} are not those of the code. Run this test with {Write}=1, or put there:\n{SettingsTable.Text}");
            File.WriteAllText(OperationsGuide.File, OperationsGuide.Text[..begin] + SettingsTable.Text + OperationsGuide.Text[end..]);
        }
    }

    [Fact]
    public void Every_name_that_a_member_takes_is_in_the_tables_and_no_other() => Assert.Equal(
        KnownSettings.All.Order(),
        SettingsCatalogue.All.Where(setting => setting.Reader != SettingReader.Framework).Select(setting => setting.Name.Split(':')[1]).Distinct().Order());

    [Fact]
    public void A_setting_stands_there_once_for_each_reader() =>
        Assert.Equal(SettingsCatalogue.All.Count, SettingsCatalogue.All.DistinctBy(setting => (setting.Reader, setting.Name)).Count());

    [Fact]
    public void The_guide_speaks_of_no_other_setting()
    {
        Assert.All(Mention().Matches(OperationsGuide.Text), mention =>
        {
            var parts = mention.Value.Replace("__", ":", StringComparison.Ordinal).Split(':');
            Assert.True(SettingsCatalogue.All.Any(setting => setting.StartsWith(parts)), $"{mention.Value} is no setting.");
        });
    }

    [Theory]
    [InlineData(nameof(Sample.Good), "Sockets. One more gets HTTP 503.")]
    [InlineData(nameof(Sample.Named), "A name.")]
    [InlineData(nameof(Sample.WrongRange), null)]
    [InlineData(nameof(Sample.WrongDefault), null)]
    public void A_summary_that_says_something_else_than_the_code_is_found(string name, string? meaning)
    {
        var property = typeof(Sample).GetProperty(name)!;
        var (range, @default) = (SettingWords.Range(property, property.PropertyType), SettingWords.Default(property, property.GetValue(new Sample())));
        string Describe() => SettingWords.Meaning(property, Sample.Summaries[name], range, @default);
        if (meaning is null)
        {
            Assert.Throws<InvalidOperationException>(Describe);
        }
        else
        {
            Assert.Equal(meaning, Describe());
        }
    }

    [GeneratedRegex(@"\bSwp(:|__)[A-Za-z{][A-Za-z{}]*((:|__)[A-Za-z{][A-Za-z{}]*)*")]
    private static partial Regex Mention();

    private sealed class Sample
    {
        public static readonly Dictionary<string, string> Summaries = new()
        {
            [nameof(Good)] = "Sockets: 0 (no limit) to 1,000; the default is 7. One more gets HTTP 503.",
            [nameof(Named)] = "A name. The default is `swp`.",
            [nameof(WrongRange)] = "Sockets: 0 to 1,000; the default is 7.",
            [nameof(WrongDefault)] = "A name. The default is `swp`.",
        };

        [Setting("sockets", Zero = "no limit"), Range(0, 1_000)]
        public int Good { get; set; } = 7;

        [Setting("text")]
        public string Named { get; set; } = "swp";

        [Setting("sockets"), Range(0, 100)]
        public int WrongRange { get; set; } = 7;

        [Setting("text")]
        public string WrongDefault { get; set; } = "other";
    }
}
