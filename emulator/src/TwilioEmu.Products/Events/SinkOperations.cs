using TwilioEmu.Kernel;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Events;

/// <summary>Sinks: what a configuration must say, their test and its validation, and that one in use stays.</summary>
/// <remarks>
/// twilio.com/docs/events/event-streams/sink-resource. A webhook sink is active from the start (measured), as one of Segment is (inferred);
/// Kinesis' once its test is validated, though no event comes there. Loop-confined.
/// </remarks>
internal sealed class SinkOperations(World world, EventBook book, EventDelivery delivery)
{
    // Error dictionary 91003.
    private const int MaxSinks = 100;

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
        [("CreateSink", Create), ("DeleteSink", Delete), ("ListSink", List)];

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
        [("CreateSinkTest", Test), ("CreateSinkValidate", Validate)];

    private Answer Create(RestRequest request, Behaviour stored)
    {
        var type = request.Form["SinkType"];
        if (type is { Length: > 0 } && request.Form["SinkConfiguration"] is { Length: > 0 } given)
        {
            if (book.Sinks(request.Account).Count >= MaxSinks) return new Answer.Refusal(ErrorCodes.Error(91003));
            if (type == "webhook")
            {
                if (SinkConfiguration.Read(given, out var fault) is not { } configuration) return Invalid(fault!);
                var shown = new Dictionary<string, string> { ["SinkConfiguration"] = configuration.Json };
                request = request with { Form = request.Form.With(shown) };
            }
            else if (SinkConfiguration.FaultOf(type, given) is { } wrong) return Invalid(wrong);
        }
        var answer = stored(type is "webhook" or "segment" ? request.With(new() { ["status"] = "active" }) : request);
        if (answer is Answer.Resource && type != "webhook")
        {
            world.Journal.Warn(
                request.Account, request.Path, request.Cause, $"no event is sent to {type} sinks: those of webhooks alone are told");
        }
        return answer;
    }

    private static Answer Invalid(string why) => new Answer.Refusal(ErrorCodes.Error(91000, $"Invalid SinkConfiguration: {why}"));

    private Answer Delete(RestRequest request, Behaviour stored) => book.IsInUse(request.Account, request.PathValues["Sid"])
        ? new Answer.Refusal(InUse(request.PathValues["Sid"]))
        : stored(request);

    /// <summary>The filter that no property answers to.</summary>
    private Answer List(RestRequest request, Behaviour stored)
    {
        if (request.Query["InUse"] is not { Length: > 0 } asked) return stored(request);
        var wanted = string.Equals(asked, "true", StringComparison.OrdinalIgnoreCase);
        var rest = new FormValues([.. request.Query.Pairs.Where(p => p.Key != "InUse")]);
        if (stored(request with { Query = rest }) is not Answer.List all) return stored(request);
        var used = book.SinksInUse(request.Account);
        return new Answer.List(after => all.Walk(after).Where(s => used.Contains(s.Key) == wanted));
    }

    /// <summary>As the live API words it (measured).</summary>
    public static TwilioError InUse(string sid) => ErrorCodes.Error(91007, $"Sink with SID {sid} is in use");

    private Answer Test(RestRequest request)
    {
        if (book.Sinks(request.Account).Find(request.PathValues["Sid"]) is not { } sink) return Answer.NotFound(request);
        var id = world.Sids.NewUuid();
        var tested = world.Store.Put(SinkTest.Table, request.Account, new SinkTest(sink.Key, id), EventEntries.Tested, request.Cause);
        if (sink["status"] != "active") book.Sinks(request.Account).Change(sink, request.Cause, ("status", "validating"));
        // Its id is the account's SID (measured).
        var envelope = new Envelope(EventTypes.Test, "Sink", request.Account.Value, "EventStreams.TestSink/1.json");
        var json = envelope.Write(world.Clock.GetUtcNow(), json => json.WriteString("test_id", id));
        delivery.Send(request.Account, sink, json, sink.Key, tested.Seq);
        return Answer.Of(new Outcome("submitted"));
    }

    private Answer Validate(RestRequest request)
    {
        if (book.Sinks(request.Account).Find(request.PathValues["Sid"]) is not { } sink) return Answer.NotFound(request);
        if (world.Store.Table(SinkTest.Table, request.Account).Find(sink.Key) is not { } test || request.Form["TestId"] != test.Id)
        {
            return Answer.Refuse(20001, $"Invalid TestId: {request.Form["TestId"]} is not the last that was sent to the sink");
        }
        book.Sinks(request.Account).Change(sink, request.Cause, ("status", "active"));
        return Answer.Of(new Outcome("valid"));
    }

    private sealed class Outcome(string result) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property == "result") to.Write(result);
        }
    }
}
