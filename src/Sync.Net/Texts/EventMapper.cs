using Sync.Net.Payloads;
using Sync.Net.Wire;

namespace Sync.Net.Texts;

/// <summary>Makes the words that an observer reads.</summary>
internal static class EventMapper
{
    public static string WordOf(Act act) => act switch
    {
        Act.Meet => "meet",
        Act.Wait => "wait",
        Act.Initialize => "initialize",
        Act.Send => "send",
        Act.Receive => "wait",
        Act.ReceiveAll => "wait-all",
        Act.Sync => "sync",
        Act.WaitForStates => "wait-for-states",
        Act.WaitForMembers => "wait-for-members",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
    };

    /// <summary>What a message says; null if it carries nothing, or anything but a map of strings.</summary>
    public static IReadOnlyDictionary<string, string>? DataOf(ReadOnlyMemory<byte>? payload)
    {
        if (payload is not { } bytes) return null;
        try
        {
            return new StringMapPayload(int.MaxValue).Read(bytes);
        }
        catch (PayloadException)
        {
            return null;
        }
    }
}
