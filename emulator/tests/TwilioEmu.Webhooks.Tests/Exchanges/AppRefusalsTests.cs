using TwilioEmu.Webhooks.Tests.Wires;

namespace TwilioEmu.Webhooks.Tests.Exchanges;

/// <summary>What frameworks answer before the app's own code runs, in their words, and what the developer is told to do about it.</summary>
public sealed class AppRefusalsTests : IAsyncDisposable
{
    private const string Forged = "; its check against forged forms (CSRF) stopped it. ";
    private const string Form = "parameters come in the body, as a form (application/x-www-form-urlencoded)";

    private readonly PostOffice _post = PostOffice.Real();

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Theory]
    [InlineData(403, "<!doctype html><html><title>403 Forbidden</title><p>CSRF verification failed. Request aborted.</p>")] // Django
    [InlineData(419, "")] // Laravel
    [InlineData(422, "ActionController::InvalidAuthenticityToken (Can't verify CSRF token authenticity.)")] // Rails
    [InlineData(400, "Microsoft.AspNetCore.Http.BadHttpRequestException: Invalid anti-forgery token found when reading parameter")]
    [InlineData(500, "System.InvalidOperationException: Endpoint HTTP: POST /sms contains anti-forgery metadata, but a middleware was not")]
    public async Task A_check_against_forged_forms_is_called_one(int status, string body) => (await TellAsync(status, body)).Should().Contain(Forged);

    [Fact]
    public async Task A_developers_page_that_merely_lists_the_check_is_no_refusal_by_it() =>
        (await TellAsync(500, "<!doctype html><html><title>RuntimeError at /sms</title><p>django.middleware.csrf.CsrfViewMiddleware</p>"))
            .Should().NotContain("CSRF");

    [Theory]
    [InlineData(403, "<html><title>Blocked hosts: 127.0.0.1:3000</title>")] // Rails
    [InlineData(400, "<html><title>DisallowedHost at /sms</title>Invalid HTTP_HOST header: '127.0.0.1'.")] // Django
    [InlineData(400, "<h2>Bad Request - Invalid Hostname</h2>")] // ASP.NET Core
    [InlineData(403, "Blocked request. This host (\"127.0.0.1\") is not allowed.")] // Vite
    [InlineData(403, "Invalid Host header")] // webpack's server
    public async Task A_list_of_allowed_hosts_is_called_one(int status, string body) =>
        (await TellAsync(status, body)).Should().Contain("; it lets in only hosts that it was told of: 127.0.0.1 is to be one (");

    [Theory]
    [InlineData(500, "<!DOCTYPE html><html><title>Error</title><pre>TypeError: Cannot read properties of undefined (reading &#39;Body&#39;)</pre>")]
    [InlineData(500, "TypeError: Cannot destructure property 'Body' of 'req.body' as it is undefined.")]
    [InlineData(400, "<!doctype html><html><title>KeyError: 'Body' // Werkzeug Debugger</title>")]
    [InlineData(400, "Microsoft.AspNetCore.Http.BadHttpRequestException: Required parameter \"string Body\" was not provided from query string.")]
    [InlineData(422, "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"query\",\"Body\"],\"msg\":\"Field required\",\"input\":null}]}")]
    [InlineData(400, "{\"error\":\"Bad Request\",\"message\":\"Required request parameter 'Body' for method parameter type String is not present\"}")]
    [InlineData(500, "ErrorException: Undefined array key \"Body\" in sms.php")]
    public async Task A_parameter_that_was_sent_and_not_found_is_told_where_it_stands(int status, string body) =>
        (await TellAsync(status, body)).Should().Contain("; Body was sent, and it did not find it: " + Form);

    [Theory]
    [InlineData(415, "")] // ASP.NET Core: a parameter of the body, which is JSON there
    [InlineData(400, "Did not attempt to load JSON data because the request Content-Type was not 'application/json'.")] // Flask
    [InlineData(400, "<title>400 Bad Request</title><p>The browser (or proxy) sent a request that this server could not understand.</p>")]
    [InlineData(422, "{\"detail\":[{\"type\":\"model_attributes_type\",\"loc\":[\"body\"]}]}")] // FastAPI
    public async Task An_app_that_reads_json_is_told_that_forms_are_sent(int status, string body) =>
        (await TellAsync(status, body)).Should().Contain("; " + Form);

    [Theory]
    [InlineData(500, "TypeError: Cannot read properties of undefined (reading 'orders') at From")]
    [InlineData(500, "KeyError: 'price' at Body of the shop")]
    [InlineData(404, "Cannot POST /sms")]
    public async Task What_is_a_fault_of_the_apps_own_gets_no_advice(int status, string body) =>
        (await TellAsync(status, body)).Should().Be($"HTTP retrieval failure: the app answered {status}");

    [Theory]
    [InlineData("", "; it asks for credentials: they stand in the URL, http://user:password@..., or this route needs none")]
    [InlineData("bob:wrong@", "; the credentials in the URL did not satisfy it")]
    public async Task Who_asks_for_credentials_is_told_where_they_stand(string user, string told)
    {
        await using var app = new RawServer("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"shop\"\r\nContent-Length: 0\r\n\r\n");
        (await _post.SendAsync($"http://{user}127.0.0.1:{app.Port}/sms")).ErrorMessage.Should().EndWith(told);
    }

    private async Task<string?> TellAsync(int status, string body)
    {
        await using var app = new RawServer($"HTTP/1.1 {status} No\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        return (await _post.SendAsync($"{app.Origin}/sms#rc=0", "POST", ("From", "+14155550199"), ("Body", "hi"))).ErrorMessage;
    }
}
