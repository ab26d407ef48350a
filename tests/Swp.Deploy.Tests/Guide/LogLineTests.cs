using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Swp.Deploy.Tests.Guide;

/// <summary>A line that the guide says to look for is one that a member writes, and whatever is an error is explained.</summary>
public sealed class LogLineTests
{
    private const string Heading = "## Log lines that matter";

    private static readonly (string Level, string Line)[] Written =
    [
        .. SettingsCatalogue.Members.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()
            .Select(message => ($"{message.Level}", $"`{message.Message}`")).Distinct(),
    ];

    private static readonly (string Level, string Line)[] Explained = [.. OperationsGuide.Rows(Heading).Select(row => (row[0], row[1]))];

    [Fact]
    public void What_is_explained_is_written() => Assert.All(Explained, line => Assert.Contains(line, Written));

    [Fact]
    public void What_is_critical_is_explained() =>
        Assert.Empty(Written.Where(line => line.Level is nameof(LogLevel.Critical)).Except(Explained));

    [Fact]
    public void The_gravest_come_first() =>
        Assert.Equal(Explained.Select(line => Enum.Parse<LogLevel>(line.Level)).OrderDescending(), Explained.Select(line => Enum.Parse<LogLevel>(line.Level)));
}
