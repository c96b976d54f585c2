using System.Buffers;
using System.Globalization;
using System.Text;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Parsing;

/// <summary>Writes a message as it goes over the wire: header lines in their order, Content-Length as the body is.</summary>
public static class SipWriter
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    public static void Write(SipMessage message, IBufferWriter<byte> output)
    {
        switch (message)
        {
            case SipRequest request:
                Put(output, request.Method);
                output.Write(" "u8);
                Put(output, request.Uri.ToString());
                output.Write(" SIP/2.0\r\n"u8);
                break;
            case SipResponse response:
                output.Write("SIP/2.0 "u8);
                Put(output, response.Status.ToString(CultureInfo.InvariantCulture));
                output.Write(" "u8);
                Put(output, response.Reason);
                output.Write("\r\n"u8);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name);
        }
        var hasLength = false;
        foreach (var header in message.Headers.Lines)
        {
            if (header.Is(HeaderNames.ContentLength))
            {
                if (hasLength) continue;
                hasLength = true;
                PutLength(output, message.Body.Length);
                continue;
            }
            Put(output, header.Name);
            output.Write(": "u8);
            output.Write(header.Value.Span);
            output.Write("\r\n"u8);
        }
        if (!hasLength) PutLength(output, message.Body.Length);
        output.Write("\r\n"u8);
        output.Write(message.Body.Span);
    }

    /// <summary>The message in an array of its own length: some are kept for a while, to be sent again.</summary>
    public static ReadOnlyMemory<byte> Write(SipMessage message)
    {
        var output = _scratch ??= new ArrayBufferWriter<byte>(4096);
        output.ResetWrittenCount();
        Write(message, output);
        return output.WrittenSpan.ToArray();
    }

    private static void PutLength(IBufferWriter<byte> output, int length)
    {
        output.Write("Content-Length: "u8);
        Put(output, length.ToString(CultureInfo.InvariantCulture));
        output.Write("\r\n"u8);
    }

    private static void Put(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
