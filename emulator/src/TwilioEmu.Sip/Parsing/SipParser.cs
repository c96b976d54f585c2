using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Parsing;

/// <summary>Reads one message from bytes: a whole datagram, or what a stream's framing cut out.</summary>
/// <remarks>
/// RFC 3261 §7 and §25. Pure. Header values and body are slices of the input, which the message keeps alive: the caller hands the memory
/// over.
/// Bytes after the body of a datagram are discarded (§18.3).
/// </remarks>
public static class SipParser
{
    private static readonly ImmutableArray<string> AddressHeaders = [HeaderNames.Contact, HeaderNames.Route, HeaderNames.RecordRoute];

    /// <summary>False with a reason; then <paramref name="message"/> is still there if start line and headers had their shape, to be
    /// answered 400.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, out SipMessage? message, out SipParseError error)
    {
        message = null;
        error = SipParseError.None;
        if (bytes.Length > SipLimits.MessageBytes) return Fail(SipParseError.TooLong, out error);
        var start = bytes.Span.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (start < 0 || bytes.Length <= SipLimits.KeepAliveBytes) return Fail(SipParseError.KeepAlive, out error);
        if (IsStun(bytes.Span)) return Fail(SipParseError.Stun, out error);
        var rest = bytes[start..];
        if (!TryTakeLine(ref rest, out var startLine)) return Fail(SipParseError.Unterminated, out error);
        if (startLine.Length > SipLimits.LineBytes) return Fail(SipParseError.LineTooLong, out error);
        var lines = ImmutableArray.CreateBuilder<SipHeader>(16);
        if (!TryReadHeaders(ref rest, lines, out error)) return false;
        if (!StartLine.TryRead(startLine.Span, out var start1, out var startError)
            && startError != SipParseError.BadVersion) return Fail(startError, out error);
        var headers = new SipHeaders(lines.DrainToImmutable());
        var length = rest.Length;
        var lengthError = SipParseError.None;
        if (headers.Has(HeaderNames.ContentLength))
        {
            if (!TryReadContentLength(headers, out length)) (length, lengthError) = (0, SipParseError.BadContentLength);
            else if (length > rest.Length) (length, lengthError) = (rest.Length, SipParseError.BodyCutShort);
        }
        var body = rest[..length];
        message = start1.Method is { } method
            ? new SipRequest(method, start1.Uri!, headers, body)
            : new SipResponse(start1.Status, start1.Reason, headers, body);
        error = lengthError != SipParseError.None ? lengthError : startError != SipParseError.None ? startError : Check(message);
        return error == SipParseError.None;
    }

    /// <summary>By the two zero bits at its beginning and its magic cookie.</summary>
    private static bool IsStun(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 20 && bytes[0] >> 6 == 0 && BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) == 0x2112A442;

    /// <summary>The values every element reads, so that nobody behind the parser meets one it cannot.</summary>
    private static SipParseError Check(SipMessage message)
    {
        var vias = 0;
        foreach (var _ in message.Headers.Values(HeaderNames.Via)) if (++vias > SipLimits.Vias) return SipParseError.BadVia;
        if (!message.TryReadIdentity(out var fault))
            return fault switch
            {
                HeaderNames.From => SipParseError.BadFrom,
                HeaderNames.To => SipParseError.BadTo,
                HeaderNames.CallId => SipParseError.BadCallId,
                HeaderNames.CSeq => SipParseError.BadCSeq,
                _ => SipParseError.BadVia,
            };
        if (message is SipRequest request && request.Method != request.CSeq.Method) return SipParseError.MethodMismatch;
        if (message.Headers.Find(HeaderNames.MaxForwards) is { } forwards
            && (!byte.TryParse(forwards.Value.Span, out _)
                || message.Headers.Count(HeaderNames.MaxForwards) > 1)) return SipParseError.BadMaxForwards;
        foreach (var name in AddressHeaders)
        {
            if (name == HeaderNames.Contact && message.Headers[name] == "*") continue;
            if (!message.Headers.TryGetAddresses(name, out _)) return SipParseError.BadAddress;
        }
        return SipParseError.None;
    }

    /// <summary><c>message-header CRLF</c> until the empty line; <paramref name="rest"/> is then the body. A bare LF ends a line,
    /// too.</summary>
    private static bool TryReadHeaders(ref ReadOnlyMemory<byte> rest, ImmutableArray<SipHeader>.Builder lines, out SipParseError error)
    {
        error = SipParseError.None;
        var before = rest.Length;
        while (true)
        {
            if (!TryTakeLine(ref rest, out var line)) return Fail(SipParseError.Unterminated, out error);
            if (line.IsEmpty) return true;
            var folded = false;
            while (!rest.IsEmpty && rest.Span[0] is (byte)' ' or (byte)'\t')
            {
                // The line and what continues it lie behind one another: take both as one slice, line end within.
                var first = line;
                if (!TryTakeLine(ref rest, out var more)) return Fail(SipParseError.Unterminated, out error);
                line = Join(first, more);
                folded = true;
            }
            if (line.Length > SipLimits.LineBytes) return Fail(SipParseError.LineTooLong, out error);
            if (before - rest.Length > SipLimits.HeaderBytes || lines.Count == SipLimits.Headers) return Fail(SipParseError.TooManyHeaders,
                out error);
            var colon = line.Span.IndexOf((byte)':');
            if (colon <= 0) return Fail(SipParseError.BadHeaderLine, out error);
            var name = line.Span[..colon].TrimEnd(" \t"u8);
            if (!name.IsAllOf(SipGrammar.Token)) return Fail(SipParseError.BadHeaderLine, out error);
            var value = line[(colon + 1)..].Trim(" \t\r\n"u8);
            lines.Add(new SipHeader(HeaderNames.Of(name), folded ? Unfold(value) : value));
        }
    }

    private static ReadOnlyMemory<byte> Join(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> next)
    {
        MemoryMarshal.TryGetArray(first, out var head);
        MemoryMarshal.TryGetArray(next, out var tail);
        return head.Array is { } array && array == tail.Array
            ? array.AsMemory(head.Offset, tail.Offset + tail.Count - head.Offset)
            : (byte[])[.. first.Span, (byte)' ', .. next.Span];
    }

    /// <summary>A fold is one space (RFC 3261 §7.3.1): <c>LWS = [*WSP CRLF] 1*WSP</c>.</summary>
    private static ReadOnlyMemory<byte> Unfold(ReadOnlyMemory<byte> value)
    {
        var text = value.Span;
        if (!text.ContainsAny((byte)'\r', (byte)'\n')) return value;
        var plain = new byte[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ((byte)'\r' or (byte)'\n'))
            {
                plain[count++] = text[i];
                continue;
            }
            while (count > 0 && plain[count - 1] is (byte)' ' or (byte)'\t') count--;
            while (i + 1 < text.Length && text[i + 1] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t') i++;
            plain[count++] = (byte)' ';
        }
        return plain.AsMemory(0, count);
    }

    private static bool TryTakeLine(ref ReadOnlyMemory<byte> rest, out ReadOnlyMemory<byte> line)
    {
        var end = rest.Span.IndexOf((byte)'\n');
        line = default;
        if (end < 0) return false;
        line = end > 0 && rest.Span[end - 1] == '\r' ? rest[..(end - 1)] : rest[..end];
        rest = rest[(end + 1)..];
        return true;
    }

    /// <summary>Several that agree are one; several that do not are none.</summary>
    internal static bool TryReadContentLength(SipHeaders headers, out int length)
    {
        length = -1;
        foreach (var header in headers.Lines)
        {
            if (!header.Is(HeaderNames.ContentLength)) continue;
            var text = header.Value.Span;
            if (!text.IsAllOf(SipGrammar.Digits) || !int.TryParse(text, out var one) || (length >= 0 && length != one)) return false;
            length = one;
        }
        return length >= 0;
    }

    private static bool Fail(SipParseError reason, out SipParseError error)
    {
        error = reason;
        return false;
    }
}
