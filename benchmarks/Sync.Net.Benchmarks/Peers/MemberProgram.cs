using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>What the members in C# are processes of, ours and the peers' alike.</summary>
/// <param name="Path">The executable.</param>
/// <param name="IsNative">It is compiled before it runs, so that few rounds come before those that count.</param>
internal sealed record MemberProgram(string Path, bool IsNative)
{
    /// <summary>Our server is a process of its own, and no member hosts it.</summary>
    public bool HasServer { get; init; }

    /// <summary>This very program, compiled while it runs.</summary>
    public static MemberProgram Jit { get; } = new(Executable.Path, IsNative: false);

    public static async Task<MemberProgram> PublishAsync() => new(await NativeAot.PublishMembersAsync(), IsNative: true);

    /// <summary>A pace for members in C#: compiling takes thousands of rounds, and the longer the more processes do it.</summary>
    public Pace PaceOf(int warmUp, int counted) => new(IsNative ? Math.Min(warmUp, 1000) : warmUp, counted);
}
