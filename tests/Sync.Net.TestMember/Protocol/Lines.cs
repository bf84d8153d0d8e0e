using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sync.Net.TestMember.Protocol;

/// <summary>One JSON object a line, in both directions.</summary>
internal static class Lines
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string line) =>
        JsonSerializer.Deserialize<T>(line, Options) ?? throw new FormatException("A line of the protocol holds null.");
}
