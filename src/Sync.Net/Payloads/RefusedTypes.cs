using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sync.Net.Payloads;

/// <summary>Types that must not travel, wherever in a value they stand.</summary>
internal static class RefusedTypes
{
    public static string? ReasonFor(Type type)
    {
        // MessagePack would write an empty map, and say nothing.
        if (type == typeof(JsonElement) || type == typeof(JsonDocument) || typeof(JsonNode).IsAssignableFrom(type))
            return $"{type.Name} does not travel: exchange its text as a string.";
        // MessagePack would load whatever type the other side names.
        return typeof(MemberInfo).IsAssignableFrom(type) || typeof(Assembly).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type)
            ? $"{type.Name} does not travel: nothing received is resolved or run by its name."
            : null;
    }
}
