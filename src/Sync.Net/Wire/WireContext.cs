namespace Sync.Net.Wire;

/// <summary>What a reader of frames needs to know beside the bytes: bounds, and the names seen before.</summary>
internal sealed class WireContext
{
    /// <summary>What a hello needs beside its names, with room for the fields of later versions.</summary>
    private const int HandshakeRoomBytes = 4096;

    private const int NamesInHello = 3;

    /// <summary>For the tabs and numbers of a declaration's line, and the words and numbers round a free seat's role.</summary>
    private const int LineRoomBytes = 32;

    public WireContext(SyncLimits limits, NamePool? names = null)
    {
        MaxNameBytes = limits.MaxNameBytes;
        MaxLineBytes = (2 * limits.MaxNameBytes) + LineRoomBytes;
        MaxMembers = limits.MaxMembers;
        MaxOpenRequests = limits.MaxSessions;
        MaxHandshakeFrameBytes = HandshakeRoomBytes + (NamesInHello * limits.MaxNameBytes);
        Names = names ?? new NamePool();
    }

    public int MaxNameBytes { get; }

    /// <summary>The longest entry in a list of members: instead of an id it may be a declaration's line (an id and a role), or a free seat.</summary>
    public int MaxLineBytes { get; }

    /// <summary>The most elements of a list that has at most one for each member.</summary>
    public int MaxMembers { get; }

    public int MaxOpenRequests { get; }

    /// <summary>The largest frame before the seat is given.</summary>
    public int MaxHandshakeFrameBytes { get; }

    public NamePool Names { get; }
}
