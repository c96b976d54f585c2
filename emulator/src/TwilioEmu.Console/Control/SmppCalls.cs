namespace TwilioEmu.Console.Control;

/// <summary>Links of SMPP.</summary>
internal static class SmppCalls
{
    /// <summary><c>GET /smpp/links</c>: gateways of the config and message centres that are bound to, with the sessions each has.</summary>
    public static async Task<ControlAnswer?> LinksAsync(ControlRequest request)
    {
        var links = await request.TurnAsync(() => request.House.SmppLinks);
        return ControlAnswer.Ok(json =>
        {
            json.WriteStartArray("links");
            foreach (var link in links)
            {
                json.WriteStartObject();
                json.WriteString("name", link.Name);
                json.WriteString("role", link.Role);
                json.WriteString("system_id", link.SystemId);
                json.WriteString("address", link.Address);
                json.WriteStartArray("numbers");
                foreach (var number in link.Numbers) json.WriteStringValue(number);
                json.WriteEndArray();
                json.WriteStartArray("sessions");
                foreach (var session in link.Sessions)
                {
                    json.WriteStartObject();
                    json.WriteString("mode", session.Mode);
                    json.WriteString("peer", session.Peer);
                    json.WriteString("bound_at", session.BoundAt.UtcDateTime);
                    json.WriteNumber("in_flight", session.InFlightCount);
                    json.WriteNumber("unanswered", session.UnansweredCount);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteNumber("waiting", link.WaitingCount);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }
}
