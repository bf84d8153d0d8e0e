using Sync.Net.Transport.Carrying;

namespace Sync.Net.Transport;

/// <summary>Keeps what a thread writes to carriers until it has written to all of their lanes: one write then takes all of it.</summary>
internal static class WriteGathering
{
    [ThreadStatic]
    private static int depth;

    [ThreadStatic]
    private static List<CarrierWriter>? held;

    /// <summary>On the same thread <see cref="End"/> must follow soon, and nothing that waits for an answer in between.</summary>
    public static void Begin() => depth++;

    public static void End()
    {
        if (--depth > 0 || held is not { Count: > 0 } writers) return;
        // By index, and off the list before: a write that fails ends lanes, which may write.
        for (int i = writers.Count - 1; i >= 0; i--)
        {
            CarrierWriter writer = writers[i];
            writers.RemoveAt(i);
            writer.Flush();
        }
    }

    /// <summary>True when the thread gathers: the writer is flushed at the end of it.</summary>
    public static bool TryHold(CarrierWriter writer)
    {
        if (depth == 0) return false;
        held ??= [];
        // Few: one for each process at the other end.
        if (!held.Contains(writer)) held.Add(writer);
        return true;
    }
}
