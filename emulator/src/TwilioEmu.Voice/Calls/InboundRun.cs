using TwilioEmu.Carrier.Switching;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Calls;

/// <summary>Takes the calls that come in to the emulator's numbers.</summary>
/// <remarks>Loop-confined. The number's status callback hears only of the end (twilio.com/docs/voice/twiml).</remarks>
internal sealed class InboundRun(CallServices services) : IInboundCalls
{
    /// <inheritdoc/>
    public string Receive(ILeg leg, CallOffer offer, out ILegOwner owner)
    {
        if (Find(offer) is not { } number)
        {
            // A short code, or another number that takes no calls.
            owner = new Nobody();
            leg.Do(new LegCommand.End(LegEnd.Unreachable));
            return "";
        }
        var now = services.World.Clock.GetUtcNow();
        var application = number.ApplicationSid is { } app ? services.Numbers.FindApplication(number.Account, app) : null;
        var record = new Call
        {
            Sid = services.World.Sids.New("CA"),
            Account = number.Account,
            From = number.Trunk?.From ?? offer.From.ToString(),
            To = number.Trunk?.To ?? offer.ShownTo ?? offer.To.ToString(),
            Direction = number.Trunk is { } trunk
                ? trunk.IsOriginating ? CallDirection.TrunkingOriginating : CallDirection.TrunkingTerminating
                : CallDirection.Inbound,
            TrunkSid = number.Trunk?.Sid,
            Status = CallStatus.Ringing,
            DateCreated = now,
            DateUpdated = now,
            StartTime = now,
            PhoneNumberSid = number.Sid.Length == 0 ? null : number.Sid,
            ApplicationSid = application?.Sid,
            ForwardedFrom = offer.Marks.ForwardedFrom,
            StirVerstat = offer.Marks.StirVerstat,
            CallerName = number.LooksUpCallerName ? services.Numbers.CallerNameOf(offer.From.ToString()) : null,
        };
        var call = new LiveCall(services, record, InstructionsOf(number, application), offer.Cause) { Offer = offer };
        call.Attach(leg);
        owner = call;
        services.World.Loop.Start(() => number.Trunk is { } order ? new TrunkRun(services, call, order).RunAsync() : RunAsync(call));
        return record.Sid;
    }

    private VoiceNumber? Find(CallOffer offer)
    {
        foreach (var routes in services.Routes)
        {
            if (routes.Find(offer) is { } route) return route;
        }
        return offer.To.IsNumber ? services.Numbers.Find(offer.To.Value) : null;
    }

    private async Task RunAsync(LiveCall call)
    {
        if (call.IsOver) return;
        if (services.Interest is { } interest && interest.TakesCallsTo(call.Record.Account, call.Record.To))
        {
            var order = await interest.DirectAsync(call.Record.Account, call.Record.Sid, call.Record.From, call.Record.To, call.Cause);
            if (!call.IsOver)
            {
                await new DocumentRun(services, call).RunAsync(order.Twiml is { } twiml
                    ? new DocumentRequest.Inline(twiml)
                    : new DocumentRequest.Fetch(order.Url!, "POST", WebhookPurpose.Voice, order.Parameters));
            }
            return;
        }
        if (call.Instructions.First is not { } first)
        {
            // A number without a voice URL fails silently (measured; twilio.com/docs/voice/api/call-resource).
            services.World.Journal.Warn(
                call.Record.Account, call.Record.Sid, call.Cause,
                $"{call.Record.To} was called and has no voice URL, so the call fails: set VoiceUrl by the API, "
                    + "or voice_url under numbers:");
            call.End(LegEnd.Unreachable);
            return;
        }
        await new DocumentRun(services, call).RunAsync(first);
    }

    /// <summary>A TwiML App replaces the number's own URLs.</summary>
    private static CallInstructions InstructionsOf(VoiceNumber number, VoiceApplication? app) => app is null
        ? InstructionsFor(
            number.VoiceUrl, number.VoiceMethod, number.FallbackUrl, number.FallbackMethod, number.StatusCallback,
            number.StatusCallbackMethod)
        : InstructionsFor(app.VoiceUrl, app.VoiceMethod, app.FallbackUrl, app.FallbackMethod, app.StatusCallback, app.StatusCallbackMethod);

    private static CallInstructions InstructionsFor(
        string? url, string method, string? fallback, string fallbackMethod, string? callback, string callbackMethod) =>
        new()
        {
            First = string.IsNullOrEmpty(url) ? null : DocumentRequest.Voice(url, method),
            FallbackUrl = string.IsNullOrEmpty(fallback) ? null : fallback,
            FallbackMethod = fallbackMethod,
            StatusCallback = string.IsNullOrEmpty(callback) ? null : callback,
            StatusCallbackMethod = callbackMethod,
        };

    /// <summary>Hears the news of a leg that was never taken.</summary>
    private sealed class Nobody : ILegOwner
    {
        public void Told(ILeg leg, LegNews news)
        {
        }
    }
}
