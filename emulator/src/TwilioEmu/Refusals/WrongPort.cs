using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TwilioEmu.Carrier.Strangers;

namespace TwilioEmu.Refusals;

/// <summary>
/// Tells those who speak something else than the port does: HTTP at the port of TLS in words of HTTP, all of them on the console.
/// </summary>
/// <remarks>Runs on the server's threads.</remarks>
internal sealed class WrongPort(StrangerLog log, TimeProvider wall)
{
    private const string Elsewhere = "phones and gateways have ports of their own, which the ready line names";
    private const int MaxPartingBytes = 64 * 1024;

    // A client that is turned away has that long to take its answer.
    private static readonly TimeSpan PartingLimit = TimeSpan.FromSeconds(1);

    /// <summary>Stands before TLS.</summary>
    /// <param name="listen">The listener.</param>
    /// <param name="limit">For the first bytes to come.</param>
    public void AddBeforeTls(ListenOptions listen, TimeSpan limit) => listen.Use(next => async connection =>
    {
        if (await FirstBytes.PeekAsync(connection, wall, limit) is not { } first) return;
        var spoken = SpokenReader.Of(first);
        if (spoken is Spoken.Tls or Spoken.Unknown) await next(connection);
        else if (spoken == Spoken.Http) await TurnAwayAsync(connection);
        else log.Tell(PortOf(connection), "TLS", spoken, Elsewhere);
    });

    /// <summary>Stands before HTTP, which answers phones and gateways as it answers all it cannot read.</summary>
    /// <param name="listen">The listener.</param>
    /// <param name="limit">For the first bytes to come.</param>
    public void AddBeforeHttp(ListenOptions listen, TimeSpan limit) => listen.Use(next => async connection =>
    {
        if (await FirstBytes.PeekAsync(connection, wall, limit) is not { } first) return;
        var spoken = SpokenReader.Of(first);
        if (spoken is Spoken.Sip or Spoken.Smpp) log.Tell(PortOf(connection), "HTTP and TLS", spoken, Elsewhere);
        await next(connection);
    });

    private static string PortOf(ConnectionContext connection) => connection.LocalEndPoint is IPEndPoint local ? $"{local.Port}" : "";

    private async Task TurnAwayAsync(ConnectionContext connection)
    {
        const string Cure = "write https:// in place of http://, or take the port of http://";
        log.Tell(PortOf(connection), "TLS", Spoken.Http, Cure);
        await connection.Transport.Output.WriteAsync(StrangerLog.HttpAnswer("this port speaks TLS; use "
            + $"https://{connection.LocalEndPoint}/: {Cure}, which the ready line names"));
        await connection.Transport.Output.CompleteAsync();
        // What still comes is read: a connection closed on unread bytes is reset, and the answer with it.
        using var patience = new CancellationTokenSource(PartingLimit, wall);
        long seen = 0;
        while (seen < MaxPartingBytes && await FirstBytes.ReadAsync(connection.Transport.Input, patience.Token) is { } read)
        {
            seen += read.Buffer.Length;
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }
}
