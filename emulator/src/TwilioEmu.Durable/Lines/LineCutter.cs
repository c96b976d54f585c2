namespace TwilioEmu.Durable.Lines;

/// <summary>Cuts a stream into lines, as bytes, none longer than may be.</summary>
/// <remarks>A mark of the byte order at the beginning, and a carriage return at the end of a line, are no part of it.</remarks>
internal sealed class LineCutter(Stream from, int maxLine = LineCutter.MaxLine)
{
    /// <summary>
    /// Bytes of a line (ours: no source names any). The longest of a world are parts of queues, and entries with a body of 1 MB.
    /// </summary>
    public const int MaxLine = 64 * 1024 * 1024;

    private const int FirstSize = 64 * 1024;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private byte[] _bytes = new byte[FirstSize];
    private int _start;
    private int _end;
    private bool _hasBegun;
    private bool _isOver;

    /// <summary>The next line, good until the one after it is asked for; null at the end.</summary>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellation)
    {
        var seen = 0;
        while (true)
        {
            var length = _bytes.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (length >= 0) return Take(seen + length, 1);
            if (_isOver && _end == _start) return null;
            if (_isOver) return Take(_end - _start, 0);
            seen = _end - _start;
            if (seen >= maxLine) throw new InvalidDataException($"a line has {maxLine} bytes or more");
            await FillAsync(cancellation).ConfigureAwait(false);
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int ending)
    {
        var line = _bytes.AsMemory(_start, length);
        _start += length + ending;
        if (!_hasBegun && line.Span.StartsWith(Mark)) line = line[Mark.Length..];
        _hasBegun = true;
        return line.Span is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _bytes.Length) Array.Resize(ref _bytes, 2 * _bytes.Length);
        var count = await from.ReadAsync(_bytes.AsMemory(_end), cancellation).ConfigureAwait(false);
        if (count == 0) _isOver = true;
        _end += count;
    }
}
