using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Swp.Deploy.Tests.Guide;

/// <summary>What the compiler has written down of an assembly's documentation comments.</summary>
internal static partial class XmlSummaries
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Read = [];

    /// <summary>The summary of a property or field, in Markdown.</summary>
    public static string Of(MemberInfo member)
    {
        var id = $"{(member is PropertyInfo ? 'P' : 'F')}:{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}";
        return In(member.DeclaringType.Assembly).TryGetValue(id, out var summary)
            ? Spaces().Replace(string.Concat(summary.Nodes().Select(Markdown)), " ").Trim()
            : throw new InvalidOperationException($"{id} has no summary: the table of settings is made of it.");
    }

    private static Dictionary<string, XElement> In(Assembly assembly)
    {
        if (!Read.TryGetValue(assembly, out var summaries))
        {
            Read[assembly] = summaries = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"), LoadOptions.PreserveWhitespace).Descendants("member")
                .Where(member => member.Element("summary") is not null)
                .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!);
        }

        return summaries;
    }

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } reference => $"`{reference.Value[(reference.Value.LastIndexOf('.') + 1)..]}`",
        _ => throw new InvalidOperationException($"{node}: not known here."),
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
