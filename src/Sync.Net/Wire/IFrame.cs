namespace Sync.Net.Wire;

/// <summary>A frame's own elements, those after type and term.</summary>
internal interface IFrame<TSelf>
    where TSelf : struct, IFrame<TSelf>
{
    static abstract FrameType Type { get; }

    /// <summary>How many elements <see cref="Write"/> writes, and how many a reader insists on.</summary>
    static abstract int FieldCount { get; }

    void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct;

    /// <summary>Reads the elements; use <see cref="Frames.Read"/>, which tells malformed ones in one way.</summary>
    static abstract TSelf Read(ref BodyReader reader);
}
