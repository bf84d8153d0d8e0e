namespace Sync.Net.Wire;

/// <summary>What bytes hold at a position.</summary>
internal enum ElementStatus
{
    /// <summary>The beginning of the element that was asked for.</summary>
    NeedMore,

    /// <summary>The element; the position is behind it.</summary>
    Read,

    /// <summary>Something else.</summary>
    Other,
}
