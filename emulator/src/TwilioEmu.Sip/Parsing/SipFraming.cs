using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Parsing;

/// <summary>Cuts messages out of a stream by Content-Length. One per connection, used by its reader alone.</summary>
/// <remarks>
/// RFC 3261 §18.3; line ends between messages are keep-alives (RFC 5626 §3.5.1), of which a double one asks for an answer.
/// An error ends the stream: where the next message begins cannot be known. Memory is bounded by one message of the largest size and one
/// read.
/// </remarks>
public sealed class SipFraming
{
    private byte[] _buffer = new byte[4096];
    private int _count;
    private int _scanned;

    public SipParseError Error { get; private set; }

    /// <summary>Pings since the last call: double line ends, each to be answered with one.</summary>
    public int Pings { get; private set; }

    /// <summary>Takes in what was read; call <see cref="TryTake"/> until it has no more.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (Error != SipParseError.None) return;
        if (_buffer.Length - _count < bytes.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _count + bytes.Length));
        bytes.CopyTo(_buffer.AsSpan(_count));
        _count += bytes.Length;
    }

    public void PingsAnswered() => Pings = 0;

    /// <summary>The next whole message's bytes, a copy that the caller owns.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (Error != SipParseError.None) return false;
        SkipKeepAlives();
        if (_count == 0) return false;
        var data = _buffer.AsSpan(0, _count);
        var end = EndOfHeaders(data);
        if (end < 0)
        {
            if (_count > SipLimits.HeaderBytes) Error = SipParseError.TooLong;
            _scanned = Math.Max(0, _count - 3);
            return false;
        }
        Error = TryFindLength(data[..end], out var length);
        if (Error != SipParseError.None) return false;
        if (end + (long)length > SipLimits.MessageBytes)
        {
            Error = SipParseError.TooLong;
            return false;
        }
        _scanned = Math.Max(0, end - 4);
        if (_count < end + length) return false;
        message = data[..(end + length)].ToArray();
        Drop(end + length);
        return true;
    }

    private void SkipKeepAlives()
    {
        var data = _buffer.AsSpan(0, _count);
        while (data.StartsWith("\r\n\r\n"u8))
        {
            Pings++;
            data = data[4..];
        }
        // A lone line end may be half a ping or a pong; it is dropped when something else follows.
        var start = data.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (start > 0) data = data[start..];
        else if (start < 0 && data.Length > 3) data = data[^3..];
        Drop(_count - data.Length);
    }

    private void Drop(int count)
    {
        if (count == 0) return;
        _buffer.AsSpan(count, _count - count).CopyTo(_buffer);
        _count -= count;
        _scanned = 0;
        if (_count == 0 && _buffer.Length > SipLimits.HeaderBytes) _buffer = new byte[4096];
    }

    /// <summary>Behind the empty line; lines end with CRLF or LF.</summary>
    private int EndOfHeaders(ReadOnlySpan<byte> data)
    {
        for (var at = _scanned; ;)
        {
            var next = data[at..].IndexOf((byte)'\n');
            if (next < 0) return -1;
            at += next + 1;
            if (at < data.Length && data[at] == '\n') return at + 1;
            if (at + 1 < data.Length && data[at] == '\r' && data[at + 1] == '\n') return at + 2;
        }
    }

    private static SipParseError TryFindLength(ReadOnlySpan<byte> headers, out int length)
    {
        length = -1;
        foreach (var range in headers.Split((byte)'\n'))
        {
            var line = headers[range];
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || line[0] is (byte)' ' or (byte)'\t') continue;
            var name = line[..colon].TrimEnd(" \t"u8);
            if (name.Length is not (1 or 14) || !HeaderNames.Of(name).Equals(HeaderNames.ContentLength, StringComparison.Ordinal)) continue;
            var value = line[(colon + 1)..].Trim(" \t\r"u8);
            if (!value.IsAllOf(SipGrammar.Digits) || !int.TryParse(value, out var one)
                || (length >= 0 && one != length)) return SipParseError.BadContentLength;
            length = one;
        }
        return length < 0 ? SipParseError.NoContentLength : SipParseError.None;
    }
}
