using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using TwilioEmu.Carrier.Strangers;

namespace TwilioEmu.Refusals;

/// <summary>Looks at the first bytes of a connection, and leaves them where they are.</summary>
internal static class FirstBytes
{
    /// <summary>Waits until the first bytes tell what the client speaks.</summary>
    /// <returns>At most <see cref="SpokenReader.MaxLength"/> bytes; null when the client left, or kept us waiting too long.</returns>
    public static async Task<byte[]?> PeekAsync(ConnectionContext connection, TimeProvider wall, TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, StoppingOf(connection));
        var input = connection.Transport.Input;
        while (await ReadAsync(input, either.Token) is { } read)
        {
            var first = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, SpokenReader.MaxLength)).ToArray();
            var isEnough = first.Length > 0 && (SpokenReader.IsEnough(first) || read.IsCompleted);
            // What was seen is left unread, and where it was not enough the next read waits for more.
            input.AdvanceTo(read.Buffer.Start, isEnough ? read.Buffer.Start : read.Buffer.End);
            if (isEnough) return first;
            if (read.IsCompleted) return null;
        }
        return null;
    }

    /// <summary>Cancelled when the server stops: who has asked for nothing yet is not waited for.</summary>
    public static CancellationToken StoppingOf(ConnectionContext connection) =>
        connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;

    /// <summary>What comes next; null when the client left or the wait is over.</summary>
    public static async Task<ReadResult?> ReadAsync(PipeReader input, CancellationToken cancellation)
    {
        try
        {
            return await input.ReadAsync(cancellation);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or ObjectDisposedException)
        {
            return null;
        }
    }
}
