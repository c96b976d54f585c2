# A shop that is texted and called, in Ruby's own HTTP server and client: no line about an emulator.
require 'base64'
require 'cgi'
require 'json'
require 'net/http'
require 'openssl'
require 'webrick'

SID = ENV.fetch('TWILIO_ACCOUNT_SID')
TOKEN = ENV.fetch('TWILIO_AUTH_TOKEN')
NUMBER = ENV.fetch('TWILIO_NUMBER')
ACCOUNT = "/2010-04-01/Accounts/#{SID}"

class Refused < StandardError
  attr_reader :code

  def initialize(body)
    super(body['message'])
    @code = body['code']
  end
end

# A call of Twilio's API: a form is posted, without one it is got. Files come as they are.
def twilio(path, form = nil, host: 'api.twilio.com')
  url = URI(path.start_with?('http') ? path : "https://#{host}#{path}")
  request = form ? Net::HTTP::Post.new(url) : Net::HTTP::Get.new(url)
  request.basic_auth(SID, TOKEN)
  request.set_form_data(form) if form
  answer = Net::HTTP.start(url.host, url.port, use_ssl: url.scheme == 'https') { |http| http.request(request) }
  return answer.body unless answer['content-type'].to_s.include?('json')
  body = JSON.parse(answer.body)
  raise Refused, body if answer.code.to_i >= 400
  body
end

# twilio.com/docs/usage/security#validating-requests
def signed?(request, url)
  words = url + request.query.sort.map { |name, value| name + value }.join
  made = Base64.strict_encode64(OpenSSL::HMAC.digest('sha1', TOKEN, words))
  OpenSSL.secure_compare(made, request['x-twilio-signature'].to_s)
end

def twiml(words) = ['text/xml', %(<?xml version="1.0" encoding="UTF-8"?><Response>#{words}</Response>)]

$statuses = Hash.new { |all, sid| all[sid] = [] }
$recordings = {}
$verify = nil

WEBHOOKS = {
  '/sms' => ->(q) { twiml("<Message>You wrote: #{CGI.escapeHTML(q['Body'])}</Message>") },
  '/voice' => ->(_) { twiml('<Gather numDigits="1" action="/menu"><Say>Press 1 to leave a message.</Say></Gather><Say>Goodbye.</Say>') },
  '/menu' => lambda do |q|
    next twiml('<Say>There is no such choice.</Say><Redirect>/voice</Redirect>') unless q['Digits'] == '1'
    twiml('<Say>Speak after the tone.</Say><Record action="/recorded" maxLength="30" finishOnKey="#" recordingStatusCallback="/recording"/>')
  end,
  '/recorded' => ->(q) { twiml("<Say>Thank you for #{q['RecordingDuration']} seconds.</Say><Hangup/>") },
  '/recording' => ->(q) { $recordings[q['CallSid']] = q['RecordingUrl']; nil },
  '/status' => ->(q) { $statuses[q['MessageSid']] << q['MessageStatus']; nil }
}.freeze

def notify(to, body)
  message = twilio("#{ACCOUNT}/Messages.json", { 'To' => to, 'From' => NUMBER, 'Body' => body, 'StatusCallback' => "#{$here}/status" })
  { sid: message['sid'], status: message['status'] }
rescue Refused => e
  case e.code
  when 21211 then { error: "#{to} is no phone number" }
  when 21610 then { error: "#{to} wants no texts" }
  else raise
  end
end

def verify(path, form)
  $verify ||= twilio('/v2/Services', { 'FriendlyName' => 'Shop' }, host: 'verify.twilio.com')['sid']
  { status: twilio("/v2/Services/#{$verify}/#{path}", form, host: 'verify.twilio.com')['status'] }
end

def history
  bodies = []
  page = "#{ACCOUNT}/Messages.json?PageSize=2"
  while page
    found = twilio(page)
    bodies += found['messages'].map { |m| m['body'] }
    page = found['next_page_uri']
  end
  { bodies: bodies }
end

STAFF = {
  '/notify' => ->(q) { notify(q['to'], q['body']) },
  '/statuses' => ->(q) { { statuses: $statuses[q['sid']] } },
  '/login' => ->(q) { verify('Verifications', { 'To' => q['to'], 'Channel' => 'sms' }) },
  '/check' => ->(q) { verify('VerificationCheck', { 'To' => q['to'], 'Code' => q['code'] }) },
  '/voicemail' => ->(q) { (url = $recordings[q['call']]) ? { wav: twilio("#{url}.wav")[0, 4] } : {} },
  '/history' => ->(_) { history }
}.freeze

server = WEBrick::HTTPServer.new(BindAddress: '127.0.0.1', Port: 0, AccessLog: [], Logger: WEBrick::Log.new($stderr, WEBrick::Log::ERROR))
$here = "http://127.0.0.1:#{server.listeners.first.local_address.ip_port}"
server.mount_proc '/' do |request, response|
  # What comes in a form is UTF-8, which WEBrick does not say.
  request.query.each_value { |value| value.force_encoding('UTF-8') }
  if (webhook = WEBHOOKS[request.path])
    raise WEBrick::HTTPStatus::Forbidden unless signed?(request, $here + request.unparsed_uri)
    response.content_type, response.body = webhook.call(request.query) || (next response.status = 204)
  elsif (act = STAFF[request.path])
    response.content_type = 'application/json'
    response.body = JSON.generate(act.call(request.query))
  else
    response.status = 404
  end
end
trap('TERM') { server.shutdown }
$stdout.puts "listening on #{$here}"
$stdout.flush
server.start
