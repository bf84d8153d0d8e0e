using System.Runtime.CompilerServices;

namespace Sync.Net.Tests.HouseRules;

/// <summary>The types that the rules are about: all of the library that a person wrote.</summary>
internal static class Library
{
    public const string Root = "Sync.Net";

    public static IReadOnlyList<Type> Types { get; } =
    [
        .. typeof(Barrier).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true),
    ];

    /// <summary>Types as they stand in the source: without closures, state machines and other helpers of the compiler.</summary>
    public static IEnumerable<Type> Written => Types.Where(type => !IsGenerated(type));

    public static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || (type.DeclaringType is { } outer && IsGenerated(outer));

    /// <summary>The first part of the namespace below the root; empty for the root itself.</summary>
    public static string LayerOf(Type type)
    {
        string below = type.Namespace![Root.Length..].TrimStart('.');
        int dot = below.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? below : below[..dot];
    }
}
