using System.Text.Json.Serialization;
using Swp.Chaos.Logs;

namespace Swp.Chaos.Reports;

[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(RunLog))]
internal sealed partial class ReportJson : JsonSerializerContext;
