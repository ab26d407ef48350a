using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swp.Gateway.Pages;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DeviceSettingsBody))]
internal sealed partial class PageJson : JsonSerializerContext;
