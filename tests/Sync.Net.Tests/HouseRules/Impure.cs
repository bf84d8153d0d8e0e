using System.Diagnostics;

namespace Sync.Net.Tests.HouseRules;

/// <summary>What a deterministic state machine and a codec have no use for.</summary>
internal static class Impure
{
    private static readonly string[] Namespaces = ["System.Threading", "System.Net", "System.IO", "Microsoft.Extensions"];

    private static readonly Type[] Types =
    [
        typeof(Stopwatch), typeof(TimeProvider), typeof(DateTime), typeof(DateTimeOffset), typeof(Random), typeof(Console), typeof(Process),
    ];

    public static bool Is(Type type) => !IsHarmless(type) && (Types.Contains(type) || IsOfNamespace(type));

    private static bool IsOfNamespace(Type type) => Array.Exists(
        Namespaces, name => type.Namespace == name || type.Namespace?.StartsWith(name + ".", StringComparison.Ordinal) == true);

    /// <summary>To throw is no input or output, and to order memory waits for nothing.</summary>
    private static bool IsHarmless(Type type) => type.IsAssignableTo(typeof(Exception)) || type == typeof(Volatile);
}
