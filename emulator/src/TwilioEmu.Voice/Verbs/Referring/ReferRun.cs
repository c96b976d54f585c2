using System.Globalization;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs.Referring;

/// <summary>Runs one Refer.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/twiml/refer. 1. Only a SIP phone can be asked (13801); 2. REFER, and its NOTIFYs until the last;
/// 3. transferred: the action is told, and the leg is hung up; else the action's document, or the next verb.
/// </remarks>
internal sealed class ReferRun(Refer refer, VerbContext context)
{
    /// <summary>How long the phone may take to tell the end of it (RFC 3515 §2.4.4 leaves it to the subscription; inferred).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private int _askStatus;
    private int _status;

    public async Task<Next> RunAsync(CancellationToken cancellation)
    {
        // 1. Who can be asked.
        if (!context.Live.Party.StartsWith("sip", StringComparison.OrdinalIgnoreCase))
        {
            return new Next.Failed(
                13801, $"Refer: {context.Live.Party} is not on a SIP call, and cannot be asked to call somebody else",
                context.Document.Self ?? "", IsAlerted: false);
        }
        if (refer.Target is not { } target) return Next.Continue;
        await context.AnswerAsync(cancellation);
        // 2. Ask.
        var over = new Signal<bool>(context.Services.World.Loop);
        context.Live.TransferTold = told =>
        {
            (_askStatus, _status) = (told.AskStatus, told.Status);
            context.Note(
                ReferEntries.Told, ("target", target), ("refer_status", told.AskStatus),
                ("notify_status", told.Status == 0 ? null : told.Status), ("is_over", told.IsOver));
            if (told.IsOver || told.Status >= 200) over.TrySet(true);
        };
        context.Note(ReferEntries.Asked, ("target", target));
        context.Live.Transfer(target);
        try
        {
            await over.WaitAsync(Patience, context.Clock, cancellation);
        }
        catch (OperationCanceledException)
        {
            if (!string.IsNullOrEmpty(refer.Action))
            {
                context.SendAside(refer.Action, refer.Method, WebhookPurpose.Action, Outcome("canceled"));
            }
            throw;
        }
        finally
        {
            context.Live.TransferTold = null;
        }
        // 3. What came of it.
        if (_askStatus is >= 200 and < 300 && _status is >= 200 and < 300)
        {
            if (!string.IsNullOrEmpty(refer.Action))
            {
                context.SendAside(refer.Action, refer.Method, WebhookPurpose.Action, Outcome("in-progress"));
            }
            return new Next.HangUp([]);
        }
        var status = LegEnd.Answered(_status >= 300 ? _status : 408, "", Side.Party).Kind switch
        {
            LegEndKind.Busy when _status >= 300 => "busy",
            LegEndKind.NoAnswer when _status >= 300 => "no-answer",
            _ => "failed",
        };
        return string.IsNullOrEmpty(refer.Action)
            ? Next.Continue
            : context.Request(refer.Action, refer.Method, WebhookPurpose.Action, Outcome(status));
    }

    private List<KeyValuePair<string, string>> Outcome(string status)
    {
        List<KeyValuePair<string, string>> parameters = [new("ReferCallStatus", status)];
        if (_askStatus != 0) parameters.Add(new("ReferSipResponseCode", Number(_askStatus)));
        if (_status != 0) parameters.Add(new("NotifySipResponseCode", Number(_status)));
        return parameters;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
