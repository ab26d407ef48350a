using YamlDotNet.Serialization;

namespace Swp.Deploy.Tests.Manifests;

/// <summary>
/// The kustomizations in the words of kustomize 2.0.3: directories are <c>bases</c>, patches are a list of files, and a number of replicas is a patch.
/// Newer versions read these words too, and call them deprecated: what is shipped does not use them.
/// </summary>
internal static class OldKustomizations
{
    private const string FileName = "kustomization.yaml";

    private static readonly HashSet<string> SameInBoth = ["apiVersion", "kind", "namespace", "images", "configMapGenerator"];

    /// <summary>Copies a tree of manifests, its kustomizations translated.</summary>
    public static void Write(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var file in Directory.EnumerateFiles(target, FileName, SearchOption.AllDirectories))
        {
            Translate(file);
        }
    }

    private static void Translate(string file)
    {
        var directory = Path.GetDirectoryName(file)!;
        var old = new Dictionary<string, object>();
        List<string> patches = [];
        foreach (var (field, value) in new Deserializer().Deserialize<Dictionary<string, object>>(File.ReadAllText(file)))
        {
            switch (field)
            {
                case "resources":
                    var isDirectory = Items<string>(value).ToLookup(path => Directory.Exists(Path.Combine(directory, path)));
                    (old["bases"], old["resources"]) = (isDirectory[true], isDirectory[false]);
                    break;
                case "patches":
                    patches.AddRange(Items<Dictionary<object, object>>(value).Select(patch => Only(patch, "path")));
                    break;
                case "replicas":
                    patches.AddRange(Items<Dictionary<object, object>>(value).Select(number => WriteReplicas(directory, number)));
                    break;
                default:
                    old[field] = SameInBoth.Contains(field) ? value : throw Unknown(field);
                    break;
            }
        }

        old["patchesStrategicMerge"] = patches;
        File.WriteAllText(file, new Serializer().Serialize(old));
    }

    private static string WriteReplicas(string directory, Dictionary<object, object> number)
    {
        var name = $"replicas-of-{number["name"]}.yaml";
        File.WriteAllText(Path.Combine(directory, name), $$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {{number["name"]}}
            spec:
              replicas: {{number["count"]}}
            """);
        return name;
    }

    private static IEnumerable<T> Items<T>(object list) => ((List<object>)list).Cast<T>();

    private static string Only(Dictionary<object, object> item, string field) =>
        item.Count == 1 && item.TryGetValue(field, out var value) ? (string)value : throw Unknown(string.Join(", ", item.Keys));

    private static InvalidOperationException Unknown(string field) =>
        new($"{FileName}: kubectl before 1.21 has nothing that is known to mean '{field}'. Teach it to {nameof(OldKustomizations)}, which makes the tests run there.");
}
