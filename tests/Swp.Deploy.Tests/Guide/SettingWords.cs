using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Swp.Cluster.Startup;

namespace Swp.Deploy.Tests.Guide;

/// <summary>Puts a setting's rules into words.</summary>
internal static class SettingWords
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static string Unit(MemberInfo member, Type type) =>
        member.GetCustomAttribute<SettingAttribute>()?.Unit
        ?? (type == typeof(TimeSpan) ? "time" : type.IsEnum || type == typeof(bool) ? "choice" : throw new InvalidOperationException($"{member.DeclaringType}.{member.Name} has no unit: say it in a [Setting]."));

    public static string Range(MemberInfo member, Type type)
    {
        var setting = member.GetCustomAttribute<SettingAttribute>();
        if (member.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            var zero = setting?.Zero is null ? "" : $" ({setting.Zero})";
            var (least, most) = (Value(Limit(range, range.Minimum), setting), Value(Limit(range, range.Maximum), setting));
            return member.GetCustomAttribute<AtLeastAttribute>() is not { } atLeast ? $"{least}{zero} to {most}"
                : atLeast.OrZero ? $"0{zero}, or `{atLeast.Other}` to {most}"
                : $"{least}{zero} to {most}, and at least `{atLeast.Other}`{(atLeast.Plus > 0 ? $" + {Value(atLeast.Plus, setting)}" : "")}";
        }

        return setting?.Range
            ?? (type == typeof(bool) ? "`true`, `false`" : type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`"))
                : member.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern ? $"`{pattern.Pattern}`" : "");
    }

    public static string Default(MemberInfo member, object? value)
    {
        var setting = member.GetCustomAttribute<SettingAttribute>();
        return setting?.Default ?? Value(value, setting);
    }

    /// <summary>What a summary says beside the range and the default, which it says too: in these very words.</summary>
    public static string Meaning(MemberInfo member, string summary, string range, string @default)
    {
        var isRange = member.GetCustomAttribute<RangeAttribute>() is not null;
        var said = isRange ? $": {range}; the default is {@default}." : $"The default is {@default}.";
        if ((isRange || summary.Contains("default is", StringComparison.OrdinalIgnoreCase)) && !summary.Contains(said, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The summary of {member.DeclaringType}.{member.Name} does not say what the code does: '{said}'. It says: '{summary}'.");
        }

        var only = member.GetCustomAttribute<OnlyWithAttribute>() is { } with ? $" Not without `{with.Other}`." : "";
        return summary.Replace(said, isRange ? "." : "", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal).Trim() + only;
    }

    private static object Limit(RangeAttribute range, object limit) => range.OperandType == typeof(TimeSpan) ? TimeSpan.Parse((string)limit, English) : limit;

    private static string Value(object? value, SettingAttribute? setting) => value switch
    {
        null => "none",
        TimeSpan time => Time(time),
        int number => number.ToString(setting?.Unit == "port" ? "D" : "N0", English),
        bool flag => flag ? "`true`" : "`false`",
        Enum or string => $"`{value}`",
        _ => throw new InvalidOperationException($"{value} is of a kind that is not known here."),
    };

    private static string Time(TimeSpan time) => time switch
    {
        { Ticks: 0 } => "0",
        { TotalSeconds: < 1 } => $"{time.TotalMilliseconds.ToString(English)} ms",
        { TotalMinutes: < 5 } => $"{time.TotalSeconds.ToString(English)} s",
        { TotalHours: < 1 } => $"{time.TotalMinutes.ToString(English)} min",
        { TotalDays: < 1 } => $"{time.TotalHours.ToString(English)} h",
        _ => $"{time.TotalDays.ToString(English)} d",
    };
}
